/** What can happen in a run: a small closed union, the only thing that is ever written to the journal. */

import type { ChangeSummary, Retry, RolledBackOutcome, RunMode } from '@cdkpipe/deployer-cloudformation';

export type { Retry, RunMode } from '@cdkpipe/deployer-cloudformation';

/** The commit of the working tree, where it is one of git's. */
export interface SourceState {
  readonly commit?: string;
  readonly branch?: string;
  /** Whether files differ from the commit; true where there is no commit. */
  readonly dirty: boolean;
}

/** Who did something, as far as this machine can tell. */
export interface Person {
  /** As they call themselves. */
  readonly user: string;
  /** Account of the operating system. */
  readonly account: string;
  /** Number of the account; absent where the system has none, and in journals of older versions. */
  readonly uid?: number;
}

export interface Approvers {
  /** How many different accounts of this machine must approve. */
  readonly count: number;
  /** Accounts that may approve; without it, any. */
  readonly of?: readonly string[];
  /** Names count as they are claimed, instead of accounts: only in a rehearsal whose definition says so. */
  readonly claimed?: true;
}

/** What the change set of one stack would do. */
export interface ReviewedStack extends ChangeSummary {
  readonly deployment: string;
  /** Path of the stack's construct inside the deployment. */
  readonly stack: string;
}

/** What a person has to decide, with everything they need to see. */
export interface Question {
  /** `retry` asks whether an action that was cut in the middle may run again. */
  readonly about: 'gate' | 'retry';
  readonly title: string;
  readonly comment?: string;
  readonly link?: string;
  /** Lines that say what was deployed, and where; in journals of older versions also what changes. */
  readonly details: readonly string[];
  /** What would change, where change sets are decided about. */
  readonly changes?: readonly ReviewedStack[];
  /** How many must approve, and who may. */
  readonly approvers: Approvers;
  /** SHA-256 of what is decided about: plan, gate, change sets and outputs. */
  readonly digest: string;
  /** When the question counts as rejected. */
  readonly expires?: string;
}

/** How an action ended. */
export type Outcome = 'succeeded' | 'failed' | 'rejected' | 'skipped';

/** How a run ended. */
export type RunOutcome = 'succeeded' | 'failed' | 'rejected';

export interface RunStarted {
  readonly type: 'runStarted';
  readonly pipeline: string;
  readonly mode: RunMode;
  readonly deployer: string;
  readonly source: SourceState;
  readonly skipBuild: boolean;
  /** SHA-256 of the model. */
  readonly model: string;
  /** Values of the pipeline's variables, given or by default; absent where it declares none. */
  readonly variables?: Readonly<Record<string, string>>;
  /** CDK context that the command line gave; absent for none. */
  readonly context?: Readonly<Record<string, string>>;
  /** Milliseconds that the run's clock is ahead of the machine's, where it was set. */
  readonly clockOffset?: number;
  /** Whether its clock passes over what only waits. */
  readonly skipsWaits?: true;
  readonly by: Person;
}

export interface PlannedNode {
  readonly id: string;
  readonly type: string;
  readonly group: string;
  /** What it waits for; absent in journals of older versions. */
  readonly after?: readonly string[];
  /** Absent for what belongs to no deployment, and in journals of older versions. */
  readonly deployment?: string;
  /** Path of the stack's construct in the deployment; absent as above, and where it is about no single stack. */
  readonly stack?: string;
  /** `account/region` that it acts in; absent as above, and for steps. */
  readonly environment?: string;
}

/** The nodes of the plan that the run follows from here on. */
export interface Planned {
  readonly type: 'planned';
  /** SHA-256 of model, plan and assembly. */
  readonly digest: string;
  /** SHA-256 of the digests of every file of the assembly; absent in journals of older versions. */
  readonly seal?: string;
  readonly nodes: readonly PlannedNode[];
}

export interface ActionStarted {
  readonly type: 'actionStarted';
  readonly node: string;
  /** 1 for the first time. */
  readonly attempt: number;
  readonly retry: Retry;
}

export interface ActionEnded {
  readonly type: 'actionEnded';
  readonly node: string;
  readonly outcome: Outcome;
  /** Why it failed or was rejected. */
  readonly reason?: string;
  /** One line about what was done. */
  readonly summary?: string;
  /** What later actions need of it, such as outputs or a change set. */
  readonly result?: unknown;
}

/** Every plugin that taps `actionEnd` has heard how the action ended; only where one does. */
export interface ActionTold {
  readonly type: 'actionTold';
  readonly node: string;
}

/** A process has laid the run down; it can go on. */
export interface RunInterrupted {
  readonly type: 'runInterrupted';
  readonly reason: 'signal' | 'waiting' | 'plugin' | 'world';
  /** What the plugin did, or what stands in the way of the world. */
  readonly fault?: string;
}

export interface QuestionAsked {
  readonly type: 'questionAsked';
  readonly node: string;
  readonly question: Question;
}

export interface Answered {
  readonly type: 'answered';
  readonly node: string;
  readonly decision: 'approve' | 'reject';
  readonly by: Person;
  /** How the answer came in. */
  readonly via: 'terminal' | 'command' | 'flag';
  readonly comment?: string;
  /** The question's digest. */
  readonly digest: string;
}

/** How a stack stands after it was to go back. */
export type WayBackOutcome =
  | RolledBackOutcome
  /** It could not be brought back. */
  | 'failed'
  /** Not tried, as a stack that may need it is not back. */
  | 'left';

/** What deployments are taken back, and why. */
export interface RollbackStarted {
  readonly type: 'rollbackStarted';
  /** `auto`: as the definition says, in the run itself; `command`: somebody wants it. */
  readonly trigger: 'auto' | 'command';
  readonly deployments: readonly string[];
  /** `deployment/stack`, in the order in which they go back. */
  readonly stacks: readonly string[];
  readonly reason?: string;
  readonly by: Person;
}

export interface StackRollbackStarted {
  readonly type: 'stackRollbackStarted';
  /** `deployment/stack`. */
  readonly stack: string;
  /** 1 for the first time in this rollback. */
  readonly attempt: number;
}

export interface StackRollbackEnded {
  readonly type: 'stackRollbackEnded';
  readonly stack: string;
  readonly outcome: WayBackOutcome;
  /** One line about what was done, or why it was not. */
  readonly detail: string;
}

export interface RollbackEnded {
  readonly type: 'rollbackEnded';
  /** `complete`: every stack is as it was before the run. */
  readonly outcome: 'complete' | 'incomplete';
}

/** Somebody runs what failed again: these actions count as never begun, and the run as not ended. */
export interface RunRetried {
  readonly type: 'runRetried';
  readonly nodes: readonly string[];
  readonly by: Person;
}

export type RunEvent =
  | RunStarted
  | Planned
  | { readonly type: 'changeAccepted'; readonly from: string; readonly to: string; readonly by: Person }
  | ActionStarted
  | ActionEnded
  | ActionTold
  | QuestionAsked
  | Answered
  | RollbackStarted
  | StackRollbackStarted
  | StackRollbackEnded
  | RollbackEnded
  | RunInterrupted
  | RunRetried
  | { readonly type: 'runResumed'; readonly by: Person; readonly source: SourceState }
  | { readonly type: 'runEnded'; readonly outcome: RunOutcome; readonly reason?: string };
