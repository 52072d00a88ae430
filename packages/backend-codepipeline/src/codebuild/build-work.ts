/** What one CodeBuild project is to do, before it is drawn. */
import type { BuildCache, BuildVpc, ComputeType, Environment } from '@cdkpipe/core';
import type { Grant } from '../contract.ts';
import type { ReasonedStatement } from '../iam/statements.ts';

/** An environment variable of a project. */
export interface ProjectVariable {
  readonly name: string;
  readonly type: 'PLAINTEXT' | 'SECRETS_MANAGER' | 'PARAMETER_STORE';
  readonly value: string;
}

export interface BuildWork {
  readonly nodeId: string;
  /** Where the project lives; absent for beside the pipeline. */
  readonly runIn?: Environment;
  readonly description: string;
  readonly category: 'Build' | 'Test';
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
  /** Artifact, and the directory whose files it holds. */
  readonly output?: { readonly artifact: string; readonly directory: string };
  /** What the commands may do, beyond reading inputs and writing logs and the output. */
  readonly grants: readonly Grant[];
  readonly statements?: readonly ReasonedStatement[];
  readonly image?: string;
  readonly computeType?: ComputeType;
  readonly privileged: boolean;
  readonly cache?: BuildCache;
  readonly vpc?: BuildVpc;
  /** Minutes. */
  readonly timeout?: number;
  /** Whether a change of the project has to start the pipeline anew; true for what runs before the pipeline updates itself. */
  readonly restartsPipeline: boolean;
}
