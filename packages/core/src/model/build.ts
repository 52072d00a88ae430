/** The one step that makes the cloud assembly, and what stands around it in the same stage. */
import type { PartialBuildSpec } from './build-spec.ts';
import type { ValueReference } from './value-reference.ts';
import type { Workflow } from './workflow.ts';

export type ComputeType = 'small' | 'medium' | 'large' | 'xlarge' | '2xlarge';

/** Subnets and security groups of an existing VPC that a build runs in. */
export interface BuildVpc {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** Where a build keeps files between runs; `paths` are kept instead of `/root/.npm` and `/root/.cache`. */
export type BuildCache =
  | {
      readonly type: 'local';
      readonly modes: readonly ('source' | 'docker' | 'custom')[];
      readonly paths?: readonly string[] | undefined;
    }
  | {
      readonly type: 's3';
      readonly bucket: string;
      readonly prefix?: string | undefined;
      readonly paths?: readonly string[] | undefined;
    };

/** A docker image by its name, or with what is needed to fetch and run it. */
export type BuildImage =
  | string
  | {
      readonly name: string;
      /** Name or ARN of the secret that holds `username` and `password` of a private registry other than ECR. */
      readonly secret?: string | undefined;
      /** Of the machine; default `x86_64`. */
      readonly architecture?: 'x86_64' | 'arm64' | undefined;
    };

/** A file system in EFS, mounted while the build runs. */
export interface BuildFileSystem {
  /** The variable `CODEBUILD_<IDENTIFIER>` holds the mount point. */
  readonly identifier: string;
  readonly fileSystemId: string;
  /** Directory inside the file system; its root when absent. */
  readonly directory?: string | undefined;
  /** Absolute path in the container. */
  readonly mountPoint: string;
  /** NFS options; CodeBuild's own when absent. */
  readonly mountOptions?: string | undefined;
}

/** Where the log of a build goes; to CloudWatch where nothing is said. */
export interface BuildLogging {
  readonly cloudWatch?:
    | false
    | { readonly group: string; readonly retention?: undefined }
    | { readonly group?: undefined; readonly retention: number }
    | undefined;
  readonly s3?:
    | { readonly bucket: string; readonly prefix?: string | undefined; readonly encrypted?: boolean | undefined }
    | undefined;
}

/** One IAM statement an author grants to what runs their commands. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> | undefined;
  /** Why the statement allows as much as it does; it is not emitted. */
  readonly acknowledge?: string | undefined;
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
  readonly image?: BuildImage;
  readonly computeType?: ComputeType;
  /** Allows docker inside the build; the backend's default when absent. */
  readonly privileged?: boolean;
  readonly cache?: BuildCache;
  readonly vpc?: BuildVpc;
  readonly fileSystems?: readonly BuildFileSystem[];
  readonly logging?: BuildLogging;
  /** Added to the buildspec that the backend writes. */
  readonly buildSpec?: PartialBuildSpec;
  /** Minutes. */
  readonly timeout?: number;
  readonly rolePolicy: readonly PolicyStatement[];
  /** Directory that holds the cloud assembly afterwards, relative to the workspace, which is the root of the source. */
  readonly output: string;
  readonly before: Workflow;
  readonly after: Workflow;
}
