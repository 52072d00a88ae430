/** What the hooks along a run are given, on every backend that runs a pipeline itself. */
import type { PlanNode } from '../plan/node.ts';

/** The run that an event belongs to. */
export interface HookedRun {
  /** As `cdkpipe runs` shows it. */
  readonly id: string;
  /** Name of the pipeline. */
  readonly pipeline: string;
  /** Whether it touches no account. */
  readonly mode: 'rehearsal' | 'deploy';
}

/** A process begins to work on a run, and has started nothing yet. */
export interface RunStartEvent {
  readonly run: HookedRun;
  /** Whether an earlier process has worked on it. */
  readonly resumed: boolean;
}

/** What a person is going to be asked. */
export interface HookedQuestion {
  readonly title: string;
  readonly comment?: string;
  readonly link?: string;
  /** Lines that say what changes, what was deployed, and where. */
  readonly details: readonly string[];
  /** SHA-256 of what is decided about. */
  readonly digest: string;
  /** When it counts as rejected, ISO 8601. */
  readonly expires?: string;
}

/** An action is about to begin, or a question to be asked; nothing of it has been written or done. */
export interface ActionStartEvent {
  readonly run: HookedRun;
  readonly node: PlanNode;
  /** 1 for the first time, more where it was cut in the middle before. */
  readonly attempt: number;
  /** Absent where the machine does the work. */
  readonly question?: HookedQuestion;
}

/** What somebody decided. */
export interface HookedAnswer {
  readonly decision: 'approve' | 'reject';
  /** As they call themselves. */
  readonly user: string;
  /** ISO 8601. */
  readonly at: string;
  readonly comment?: string;
}

/** An action has ended, and its end is written down; nothing that waits for it has started. */
export interface ActionEndEvent {
  readonly run: HookedRun;
  readonly node: PlanNode;
  readonly outcome: 'succeeded' | 'failed' | 'rejected' | 'skipped';
  /** Why it failed or was rejected; without the values of secrets. */
  readonly reason?: string;
  /** One line about what was done; without the values of secrets. */
  readonly summary?: string;
  /** Empty where nobody was asked. */
  readonly answers: readonly HookedAnswer[];
}

/** Everything is over, and the end of the run is about to be written down. */
export interface RunEndEvent {
  readonly run: HookedRun;
  readonly outcome: 'succeeded' | 'failed' | 'rejected';
  /** Why it failed or was rejected. */
  readonly reason?: string;
}
