/** What a renderer returns: an action of the pipeline, and where it stands and works. */
import type { Grant } from './grant.ts';
import type { ReviewConcern } from './reviewed-changes.ts';

/** An action of the pipeline, apart from its name, run order and namespace, which the backend gives. */
export interface ActionDeclaration {
  readonly category: 'Source' | 'Build' | 'Test' | 'Deploy' | 'Approval' | 'Invoke' | 'Compute';
  /** Default `AWS`. */
  readonly owner?: 'AWS' | 'ThirdParty' | 'Custom';
  readonly provider: string;
  /** Default `1`. */
  readonly version?: string;
  /** Values of at most 1,000 characters each. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /**
   * For a manual approval of change sets: it is approved without a person unless the change sets hold one of these.
   * Where that cannot be found out, a person decides. Absent where a person always does.
   */
  readonly passUnless?: readonly ReviewConcern[];
  /**
   * For a manual approval that a function of the step answers, such as one that waits for a time: nobody is notified that
   * it waits. Absent where a person answers.
   */
  readonly answeredBy?: 'function';
  /** Names of artifacts. */
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  /** Names of the output variables that the action sets; it gets a namespace where a step reads one of them. */
  readonly variables?: readonly string[];
  /** Minutes. */
  readonly timeout?: number;
  /** Role in the account where the action works; absent where the pipeline's own role does the work. */
  readonly roleArn?: unknown;
  /** Region of the action; absent for the pipeline's own. */
  readonly region?: string;
  /** What the pipeline's role must be allowed for this action. */
  readonly grants?: readonly Grant[];
}

/** What an action declares about where it works; spread it into the {@link ActionDeclaration}. */
export type ActionLocation = Pick<ActionDeclaration, 'region' | 'roleArn' | 'grants'>;

/** Where the action that a renderer declares will stand. */
export interface ActionPlace {
  readonly pipeline: string;
  readonly stage: string;
  readonly name: string;
  /** For `codepipeline:GetPipelineState` and its like. */
  readonly pipelineArn: string;
  /** For `codepipeline:PutApprovalResult`. */
  readonly actionArn: string;
}
