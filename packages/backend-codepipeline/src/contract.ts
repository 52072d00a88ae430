/** What this backend offers to renderers, and what it wants of them. */
import type {
  BuildCache,
  BuildFileSystem,
  BuildImage,
  BuildLogging,
  BuildVpc,
  CdkLibrary,
  ComputeType,
  Environment,
  OutputReference,
  PartialBuildSpec,
  PlanNode,
  PolicyStatement,
  ValueReference,
} from '@cdkpipe/core';
import type { Construct } from 'constructs';

/** A statement whose resources may be CDK tokens or CloudFormation intrinsics. */
export interface Grant {
  /** Default `Allow`; the pipeline's own role takes nothing else. */
  readonly effect?: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly conditions?: Readonly<Record<string, unknown>>;
  /** Why the role needs it; it becomes the statement's documentation. */
  readonly reason: string;
  /** Why a resource stands for several (`*`); told to cdk-nag, which otherwise reports it. */
  readonly wildcard?: string;
  /** Managed policy that holds it, for what many roles need in the same words; default: the role itself. */
  readonly policy?: string;
}

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

/** What a role, or an action, may have beside its grants. */
export interface ReadsInputs {
  /** Whether it reads the input artifacts of the step's action; default false. */
  readonly readsInputs?: boolean;
}

/** A value for an environment variable that is looked up when the build starts; the value itself is never emitted. */
export interface SecretReference {
  readonly type: 'SECRETS_MANAGER' | 'PARAMETER_STORE';
  /** As CodeBuild writes it: `name:json-key` for a secret, a parameter's name otherwise. */
  readonly value: string;
}

/** A directory, or where it is made and where in other workspaces it is laid. */
export type StepOutput = string | { readonly from: string; readonly to: string };

/** Commands that run in a CodeBuild project of their own. */
export interface CodeBuildSpec {
  readonly category: 'Build' | 'Test';
  readonly commands: readonly string[];
  readonly installCommands?: readonly string[];
  /** Texts are data: they are never interpreted by CodePipeline, a shell or YAML. */
  readonly env?: Readonly<Record<string, string | ValueReference | SecretReference>>;
  /** Environment variables whose last values become output variables of the action. */
  readonly exports?: readonly string[];
  readonly image?: BuildImage;
  readonly computeType?: ComputeType;
  readonly privileged?: boolean;
  readonly cache?: BuildCache;
  readonly vpc?: BuildVpc;
  /** Need `vpc`. */
  readonly fileSystems?: readonly BuildFileSystem[];
  readonly logging?: BuildLogging;
  /** Parts added to the buildspec; commands stand before `installCommands`. */
  readonly buildSpec?: PartialBuildSpec;
  /** Minutes, 5–2,160. */
  readonly timeout?: number;
  readonly rolePolicy?: readonly PolicyStatement[];
  /**
   * Directories, as `additionalSources`, the `output` of earlier steps and the build's `output` name them, laid in the
   * workspace beside the source.
   */
  readonly inputs?: readonly string[];
  /** Directory that the commands leave behind, for the build and what follows; around the build only. */
  readonly output?: StepOutput;
}

/** A function of Lambda. It gets a role and a log group of its own, and its log is kept for 90 days. */
export interface FunctionSpec {
  /** Source of a CommonJS module that stands in the template; or the files of an asset, of which `index` is called. */
  readonly code: string | Readonly<Record<string, string | Uint8Array>>;
  /** Export of `index`. Default `handler`. */
  readonly handler?: string;
  readonly description?: string;
  /** Minutes, 1–15: Lambda's quota. */
  readonly timeout: number;
  /** MiB. Lambda's default, 128. */
  readonly memory?: number;
  /** Texts are data: nothing resolves them. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it may do beside writing its log. */
  readonly grants?: readonly Grant[];
  /** Whether an action invokes it: it may tell how its job ended, and a call that crashed is not repeated. Default false. */
  readonly answersJobs?: boolean;
}

/** How to say a function: its name in the configuration of an action, its ARN in policies. */
export interface FunctionReference {
  readonly name: string;
  readonly arn: string;
}

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

/**
 * Why a person should look at change sets: they hold `changes` at all; `permissions` broaden; a `stateful` resource would
 * be replaced or deleted.
 */
export type ReviewConcern = 'changes' | 'permissions' | 'stateful';

/** What a step in `changes` can show of the change sets it reviews; CodePipeline fills it in. */
export interface ReviewedChanges {
  /**
   * All that would change, in one line of at most `room` characters.
   *
   * @throws CdkpipeError `REVIEW_ROOM_TOO_SMALL` when `room` is less than 150
   */
  summary(room: number): string;
  /** Broader permissions and stateful resources at risk only; else like {@link summary}. */
  findings(room: number): string;
  /** SHA-256 of the change sets, 64 hex digits. Exactly those execute, or nothing does. */
  readonly digest: string;
  /**
   * The text of an approval: `text`, then what would change, then the digest; at most 1,000 characters in all.
   *
   * @param text as {@link CodePipelineContext.text} returned it, empty for none; a variable in it counts as 100 characters
   * @throws CdkpipeError `COMMENT_TOO_LONG` when `text` leaves less than 150 characters for the changes
   */
  comment(text: string, about: 'summary' | 'findings'): string;
}

/** Who is to be told that an approval has begun: an existing topic's subscribers, or these addresses. */
export interface ToldPeople {
  readonly topic?: string | undefined;
  readonly emails?: readonly string[] | undefined;
}

/** What the action of an approval needs so that people are told; both parts are empty where nobody is. */
export interface Told {
  /** Belongs into the action's configuration. */
  readonly configuration: { readonly NotificationArn?: string };
  readonly grants: readonly Grant[];
}

/** What a renderer for `codepipeline` is given. */
export interface CodePipelineContext {
  readonly node: PlanNode;
  readonly cdk: CdkLibrary;
  /** Where the pipeline lives. */
  readonly pipelineEnv: Environment;
  /** Where the step runs: `runIn` of a kind with `runsCode`, else where the pipeline lives. */
  readonly env: Environment;
  /** Partition for ARNs, for example `aws`. */
  readonly partition: string;
  /** The action itself, for what must find it from outside. */
  readonly action: ActionPlace;
  /** Directory of the definition. */
  readonly projectDirectory: string;
  /**
   * A construct of this node's own, in a stack that is deployed to `env` before the pipeline's. A stack elsewhere than
   * at {@link pipelineEnv} cannot share CDK tokens with the pipeline's: give what an action names a {@link physicalName}.
   */
  scopeIn(env: Environment): Construct;
  /**
   * Region, role and grants of an action that works in `env`. In the pipeline's account its own role gets the grants; in
   * another one a role there does, which only the pipeline's role may assume. At most once for each environment.
   *
   * @param options `readsInputs` where CodePipeline hands artifacts to the work with the action's role, as it does for
   *   Lambda; not for CodeBuild, which reads them with the role of the project
   * @throws CdkpipeError `ARTIFACTS_OUT_OF_REACH` where inputs are read from an account that no `runIn` names
   */
  workIn(env: Environment, grants: readonly Grant[], options?: ReadsInputs): ActionLocation;
  /**
   * A name for a resource in `env`: at most 64 characters of `A-Z a-z 0-9 _ -`, different for each pipeline, step,
   * environment and `id`.
   *
   * @param id letters, digits, `_` and `-`; tells apart what the step has there
   */
  physicalName(id: string, env: Environment): string;
  /**
   * A value as CodePipeline resolves it inside a configuration: `#{namespace.name}`. CodePipeline pastes it in as it
   * is, so that inside JSON it may end the text; refused before the value is certainly known.
   */
  value(reference: ValueReference): string;
  /** The same, of an output. */
  output(reference: OutputReference): string;
  /** What the change sets would do; present for a step in `changes`. */
  readonly changes?: ReviewedChanges;
  /** Marks text as data; refuses what CodePipeline would resolve (`#{`) and has no way to escape. */
  text(text: string, option: string): string;
  /** An action that runs commands in a CodeBuild project in {@link env}, with its role, logs and policies. */
  codeBuild(spec: CodeBuildSpec): ActionDeclaration;
  /** Makes a function in {@link env}; at most one for a step. */
  makeFunction(spec: FunctionSpec): FunctionReference;
  /** An action that invokes a function in {@link env}; its text is part of the job that the function gets. */
  invoke(called: FunctionReference, userParameters?: string): ActionDeclaration;
  /**
   * Has people told when an approval begins. Addresses get an encrypted topic of the step's own.
   *
   * @throws CdkpipeError `TOPIC_IN_OTHER_REGION` when the topic is not in the pipeline's region
   */
  tell(people: ToldPeople): Told;
  /**
   * A role that only `service` may assume, on behalf of the account that `scope` is deployed to, with the statements given.
   *
   * @param options `readsInputs` where the service itself reads the input artifacts, in the region of `scope`
   * @throws CdkpipeError `ARTIFACTS_OUT_OF_REACH` as {@link workIn} does
   */
  serviceRole(
    scope: Construct,
    id: string,
    service: string,
    grants: readonly Grant[],
    options?: ReadsInputs,
  ): { readonly arn: string };
}
