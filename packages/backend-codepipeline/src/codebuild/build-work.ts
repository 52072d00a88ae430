/** What one CodeBuild project is to do, before it is drawn. */
import type {
  BuildCache,
  BuildFileSystem,
  BuildImage,
  BuildLogging,
  BuildVpc,
  ComputeType,
  Environment,
  PartialBuildSpec,
} from '@cdkpipe/core';
import type { Grant } from '../contract/grant.ts';
import type { ReasonedStatement } from '../iam/statements.ts';
import type { BuildOutput } from './build-output.ts';

/** Which defaults a project takes, besides those for all. */
export type BuildLayer = 'build' | 'steps' | 'assets' | 'selfUpdate';

/** An environment variable of a project. */
export interface ProjectVariable {
  readonly name: string;
  readonly type: 'PLAINTEXT' | 'SECRETS_MANAGER' | 'PARAMETER_STORE';
  readonly value: string;
}

/** How a project runs, apart from what it does; what is absent is left to the defaults. */
export interface BuildSettings {
  readonly image?: BuildImage;
  readonly computeType?: ComputeType;
  readonly privileged?: boolean;
  readonly cache?: BuildCache;
  readonly vpc?: BuildVpc;
  readonly fileSystems?: readonly BuildFileSystem[];
  readonly logging?: BuildLogging;
  /** Minutes. */
  readonly timeout?: number;
  readonly buildSpec?: PartialBuildSpec;
}

export interface BuildWork extends BuildSettings {
  readonly nodeId: string;
  /** Where the project lives; absent for beside the pipeline. */
  readonly runIn?: Environment;
  readonly layer: BuildLayer;
  readonly description: string;
  readonly category: 'Build' | 'Test';
  /** Whether a failure of the commands has to stop a deployment. */
  readonly isGate: boolean;
  /** Commands of cdkpipe's own, before any of the author's. */
  readonly setup: readonly string[];
  readonly installCommands: readonly string[];
  readonly commands: readonly string[];
  /** Values that hold no reference; they stand in the project. */
  readonly variables: readonly ProjectVariable[];
  /** Values that CodePipeline resolves when the action starts; they stand in the action. */
  readonly resolvedVariables: Readonly<Record<string, string>>;
  /** Environment variables whose last values become output variables of the action. */
  readonly exports: readonly string[];
  /** Artifacts; the first is the workspace. */
  readonly inputs: readonly [string, ...string[]];
  /** What it hands on, at least one where it is present. */
  readonly outputs?: readonly [BuildOutput, ...BuildOutput[]];
  /** What the commands may do, beyond reading inputs and writing logs and the output. */
  readonly grants: readonly Grant[];
  readonly statements: readonly ReasonedStatement[];
  /**
   * What the build must be allowed to do before any stack with resources of the pipeline is deployed. Its role then lives
   * in the update stack, which is deployed first.
   */
  readonly earlyGrants?: readonly Grant[];
  /** Whether a change of the project has to start the pipeline anew; true for what runs before the pipeline updates itself. */
  readonly restartsPipeline: boolean;
}
