/** The one step that makes the cloud assembly, and what stands around it in the same stage. */
import type { ValueReference } from './value-reference.ts';
import type { Workflow } from './workflow.ts';

export type ComputeType = 'small' | 'medium' | 'large' | 'xlarge' | '2xlarge';

/** Subnets and security groups of an existing VPC that a build runs in. */
export interface BuildVpc {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** Where a build keeps files between runs. */
export type BuildCache =
  | { readonly type: 'local'; readonly modes: readonly ('source' | 'docker' | 'custom')[] }
  | { readonly type: 's3'; readonly bucket: string; readonly prefix?: string | undefined };

/** One IAM statement an author grants to what runs their commands. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> | undefined;
}

export interface Build {
  /** File of the source that runs before `commands`, as each run finds it in its own commit; absent where none. */
  readonly script?: string;
  readonly commands: readonly string[];
  readonly installCommands: readonly string[];
  /** Environment variables: texts, and references to what is known before the build. */
  readonly env: Readonly<Record<string, string | ValueReference>>;
  /** Environment variables whose last values later steps may use; absent where none. */
  readonly exports?: readonly string[];
  /** Docker image; the backend's default when absent. */
  readonly image?: string;
  readonly computeType?: ComputeType;
  /** Allows docker inside the build. */
  readonly privileged: boolean;
  readonly cache?: BuildCache;
  readonly vpc?: BuildVpc;
  /** Minutes. */
  readonly timeout?: number;
  readonly rolePolicy: readonly PolicyStatement[];
  /** Directory that holds the cloud assembly afterwards, relative to the workspace. */
  readonly output: string;
  readonly before: Workflow;
  readonly after: Workflow;
}
