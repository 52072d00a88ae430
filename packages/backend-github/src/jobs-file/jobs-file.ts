/** The file of the cloud assembly that says what each job carries out; the runner reads it, and the inspection. */
import type { AssembledStack } from '@cdkpipe/core';
import type { ProvenGate } from '../jobs/job.ts';

export const jobsFileName = 'cdkpipe-github.json';

export interface JobsFile {
  /** Of this shape; another one is refused. */
  readonly version: 1;
  readonly pipeline: string;
  readonly repository: { readonly owner: string; readonly name: string };
  /** Path of the workflow, relative to the root of the repository. */
  readonly workflow: string;
  /** IDs in the cloud assembly of the stacks with the roles of the jobs. */
  readonly access: readonly string[];
  readonly jobs: Readonly<Record<string, JobRecord>>;
}

/** What one job does; plain data. */
export interface JobRecord {
  /** As GitHub shows it. */
  readonly name: string;
  /** Names of the jobs that it needs. */
  readonly needs: readonly string[];
  /** IDs of the plan's nodes. */
  readonly nodes: readonly string[];
  readonly environment?: string;
  /** Gate nodes that the reviewers of its own environment decide. */
  readonly gates: readonly string[];
  /** Gates that must have been approved before it does anything. */
  readonly proves: readonly ProvenGate[];
  readonly work: WorkRecord;
}

/** ARNs of roles, by account. */
export type Roles = Readonly<Record<string, string>>;

export interface PublishRecord {
  readonly node: string;
  readonly account: string;
  readonly region: string;
  readonly manifests: readonly string[];
}

export interface StackRecord {
  readonly node: string;
  readonly deployment: string;
  readonly stack: AssembledStack;
  /** Job whose change set is executed, this one included; absent for one that is made. */
  readonly preparedBy?: string;
  /** Outputs that later steps read: by the name of the job's output, the logical ID. */
  readonly outputs?: Readonly<Record<string, string>>;
}

export type WorkRecord =
  | { readonly type: 'sources' | 'build' | 'approval' }
  | {
      readonly type: 'stacks';
      readonly publishes: readonly PublishRecord[];
      readonly publishRoles: Roles;
      /** In the order in which they may start, each behind those it comes after. */
      readonly actions: readonly (StackRecord & {
        readonly type: 'prepare' | 'execute';
        readonly after: readonly string[];
      })[];
      readonly roles: Roles;
    }
  | { readonly type: 'publish'; readonly publishes: readonly PublishRecord[]; readonly publishRoles: Roles }
  | {
      readonly type: 'commands';
      readonly commands: readonly string[];
      readonly exports: Readonly<Record<string, string>>;
      /** Minutes. */
      readonly timeout: number;
      readonly role?: string;
      readonly region: string;
    }
  | {
      readonly type: 'function';
      /** File of the bundle, relative to the cloud assembly. */
      readonly file: string;
      readonly payload: unknown;
      /** Minutes. */
      readonly timeout: number;
      readonly role?: string;
      readonly region: string;
    };
