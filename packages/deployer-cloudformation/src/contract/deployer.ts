/** The contract of a deployer: what stands between the engine and CloudFormation. */
import type { AssembledStack, Assembly, Environment } from '@cdkpipe/core';
import type { ChangeSummary } from './change-summary.ts';
import type { Retry, RunMode } from './retry.ts';

export interface StackTarget {
  readonly run: string;
  /** ID of the node that is worked on. */
  readonly node: string;
  readonly deployment: string;
  readonly stack: AssembledStack;
  /** Directory of the cloud assembly. */
  readonly assemblyDirectory: string;
  /** Template, absolute. */
  readonly templateFile: string;
  /** All stacks of the deployment. */
  readonly deployedTogether: readonly AssembledStack[];
}

export interface PublishTarget {
  readonly run: string;
  readonly node: string;
  readonly env: Environment;
  readonly assemblyDirectory: string;
  /** Asset manifests relative to the cloud assembly. */
  readonly manifests: readonly string[];
}

/** A change set that was made; plain data, as it is kept in the journal. */
export interface Prepared {
  /** SHA-256 of what will be executed; approvals are given for it. */
  readonly digest: string;
  readonly changes: ChangeSummary;
  /** What the deployer needs to find it again, such as the ARN of the change set. */
  readonly reference?: string;
}

/** A stack that was executed; plain data, as it is kept in the journal. */
export interface Executed {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** How a stack stands after it was rolled back. */
export type RolledBackOutcome =
  /** As it was before the run. */
  | 'restored'
  /** It was so already: the run has not changed it, or CloudFormation has taken the change back. */
  | 'unchanged'
  /** The run has created it, and nothing is deleted. */
  | 'kept';

export interface WayBack {
  readonly outcome: RolledBackOutcome;
  /** One line about what was done. */
  readonly detail: string;
}

/** What a deployer may use; text has the values of secrets removed. */
export interface DeployTools {
  readonly signal: AbortSignal;
  log(text: string): void;
  sleep(milliseconds: number): Promise<void>;
}

/** Every call may be made again after a crash, as far as `retry` says so. */
export interface Deployer {
  readonly name: string;
  readonly mode: RunMode;
  /** What to do with a call that was cut in the middle. */
  readonly retry: { readonly publish: Retry; readonly prepare: Retry; readonly execute: Retry };
  /** @returns one line about what was done */
  publish(target: PublishTarget, tools: DeployTools): Promise<string>;
  prepare(target: StackTarget, tools: DeployTools): Promise<Prepared>;
  /** @param prepared absent where no change set was made; then the stack is created or updated */
  execute(target: StackTarget, prepared: Prepared | undefined, tools: DeployTools): Promise<Executed>;
  /**
   * Takes the stack back to what it was before the run executed it; nothing is ever deleted. The deployer has kept what it
   * needs for that, and looks how the stack stands: it may be called however the execution has ended, and again for a
   * stack that is back.
   *
   * @throws where the stack cannot be brought back, or somebody else has changed it since
   */
  rollback(target: StackTarget, tools: DeployTools): Promise<WayBack>;
  /** What is worth knowing of the assembly as a whole before anything of it is deployed, in sentences. */
  remarkOn?(assembly: Assembly): readonly string[];
}
