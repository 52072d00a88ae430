/** A job of the workflow before it is spelled: what it carries out, for whom it waits, and what it may. */
import type {
  BuildNode,
  Environment,
  ExecuteNode,
  PrepareNode,
  PublishNode,
  SourceNode,
  ValueReference,
} from '@cdkpipe/core';
import { type CommandsWork, type GitHubWork, needsCredentials } from '../contract/github-work.ts';
import type { BuildStepNode, StepNode } from './step-node.ts';

interface JobBase {
  readonly id: string;
  /** For people, for example `ProdEu / Smoke`. */
  readonly name: string;
  /** IDs of the plan's nodes that it carries out, or, for a gate, stands for. */
  readonly nodes: readonly string[];
  /** IDs of the jobs that must have succeeded. */
  readonly needs: readonly string[];
  /** Where GitHub waits before the job begins, and what its tokens name; absent for a job without credentials and gate. */
  readonly environment?: JobEnvironment;
  /** Gates before the job that people decide, its own environment's among them; the job begins by proving them. */
  readonly proves: readonly ProvenGate[];
  /** Values that it takes from other jobs and events, in the order of the variables that carry them. */
  readonly values: readonly ValueReference[];
  /** Names of its outputs that others read. */
  readonly outputs: readonly string[];
  readonly path: string;
}

export interface JobEnvironment {
  readonly name: string;
  /** IDs of the gate nodes that its reviewers decide; none for an environment that only names the job in tokens. */
  readonly gates: readonly string[];
}

/** A gate that people decide in an environment. */
export interface ProvenGate {
  /** ID of the node. */
  readonly gate: string;
  readonly environment: string;
  /** Minutes; 30 days, those of GitHub, where absent. */
  readonly timeout?: number;
}

/** Fetches additional sources that need credentials. */
export interface SourcesJob extends JobBase {
  readonly type: 'sources';
  readonly sources: readonly SourceNode[];
}

/** Makes the cloud assembly. */
export interface BuildJob extends JobBase {
  readonly type: 'build';
  readonly node: BuildNode;
  /** Steps around it that run in its job, in workspaces of their own. */
  readonly before: readonly AroundStep[];
  readonly after: readonly AroundStep[];
}

export interface AroundStep {
  readonly node: BuildStepNode;
  readonly work: CommandsWork;
}

/** Uploads assets that several deployments of a wave need. */
export interface PublishJob extends JobBase {
  readonly type: 'publish';
  readonly publishes: readonly PublishNode[];
}

interface StacksJob extends JobBase {
  readonly deployment: string;
  readonly publishes: readonly PublishNode[];
  readonly prepares: readonly PrepareNode[];
  /** Whether another job executes a change set that this one makes. */
  readonly handsOn: boolean;
}

/** Uploads assets and makes change sets. */
export interface PrepareJob extends StacksJob {
  readonly type: 'prepare';
}

/** Executes change sets; those that no review stands before it makes itself, too. */
export interface ExecuteJob extends StacksJob {
  readonly type: 'execute';
  readonly executes: readonly ExecuteNode[];
  /** Jobs that made change sets that this one executes. */
  readonly preparedBy: readonly string[];
}

/** One step of the author's. */
export interface StepJob extends JobBase {
  readonly type: 'step';
  readonly node: StepNode;
  readonly work: GitHubWork;
  /** Where its code runs; absent for an approval. */
  readonly runIn?: Environment;
}

export type Job = SourcesJob | BuildJob | PublishJob | PrepareJob | ExecuteJob | StepJob;

/** Whether the job gets tokens for roles of AWS. */
export function hasCredentials(job: Job): boolean {
  switch (job.type) {
    case 'build':
      return false;
    case 'step':
      return needsCredentials(job.work);
    case 'sources':
    case 'publish':
    case 'prepare':
    case 'execute':
      return true;
  }
}

/** Whether the job works with the cloud assembly, which `output` names in a workspace, or with the runner in it. */
export function usesAssembly(job: Job, output: string): boolean {
  if (job.type === 'build' || job.type === 'sources') return false;
  if (job.type !== 'step' || job.work.type !== 'commands') return true;
  return hasCredentials(job) || (job.work.inputs ?? []).includes(output);
}
