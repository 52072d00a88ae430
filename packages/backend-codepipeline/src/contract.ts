/** What this backend offers to renderers, and what it wants of them. */
import type {
  BuildCache,
  BuildVpc,
  CdkLibrary,
  ComputeType,
  Environment,
  OutputReference,
  PlanNode,
  PolicyStatement,
} from '@cdkpipe/core';
import type { Construct } from 'constructs';

/** A statement whose resources may be CDK tokens or CloudFormation intrinsics. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly conditions?: Readonly<Record<string, unknown>>;
  /** Why the role needs it; it becomes the statement's documentation. */
  readonly reason: string;
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
  /** Names of artifacts. */
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  /** Minutes. */
  readonly timeout?: number;
  /** Role in the account where the action works; absent where the pipeline's own role does the work. */
  readonly roleArn?: unknown;
  /** Region of the action; absent for the pipeline's own. */
  readonly region?: string;
  /** What the pipeline's role must be allowed for this action. */
  readonly grants?: readonly Grant[];
}

/** A value for an environment variable that is looked up when the build starts; the value itself is never emitted. */
export interface SecretReference {
  readonly type: 'SECRETS_MANAGER' | 'PARAMETER_STORE';
  /** As CodeBuild writes it: `name:json-key` for a secret, a parameter's name otherwise. */
  readonly value: string;
}

/** Commands that run in a CodeBuild project of their own. */
export interface CodeBuildSpec {
  readonly category: 'Build' | 'Test';
  readonly commands: readonly string[];
  readonly installCommands?: readonly string[];
  /** Texts are data: they are never interpreted by CodePipeline, a shell or YAML. */
  readonly env?: Readonly<Record<string, string | OutputReference | SecretReference>>;
  readonly image?: string;
  readonly computeType?: ComputeType;
  readonly privileged?: boolean;
  readonly cache?: BuildCache;
  readonly vpc?: BuildVpc;
  /** Minutes, 5–2,160. */
  readonly timeout?: number;
  readonly rolePolicy?: readonly PolicyStatement[];
  /** Directories, as `additionalSources` and the build's `output` name them, laid in the workspace beside the source. */
  readonly inputs?: readonly string[];
}

/** What a renderer for `codepipeline` is given. */
export interface CodePipelineContext {
  readonly node: PlanNode;
  readonly cdk: CdkLibrary;
  /** Where the pipeline lives. */
  readonly pipelineEnv: Environment;
  /** Directory of the definition. */
  readonly projectDirectory: string;
  /** A construct of this node's own, in a stack that is deployed to `env`. */
  scopeIn(env: Environment): Construct;
  /** The value of an output as CodePipeline resolves it inside a configuration: `#{namespace.name}`. */
  output(reference: OutputReference): string;
  /** Marks text as data; refuses what CodePipeline would resolve (`#{`) and has no way to escape. */
  text(text: string, option: string): string;
  /** An action that runs commands in a CodeBuild project, with its role, logs and policies. */
  codeBuild(spec: CodeBuildSpec): ActionDeclaration;
  /** A role that only `service` may assume, for this pipeline's account, with the statements given. */
  serviceRole(scope: Construct, id: string, service: string, grants: readonly Grant[]): { readonly arn: string };
}
