/** What the engine is given to carry a run on, and how it says that it has done what it can. */
import type { PlanNode } from '@cdkpipe/core';
import type { RunHooks } from '@cdkpipe/core/host';
import type { Clock } from '../contract/clock.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { Person, Question, RunOutcome } from '../journal/run-event.ts';
import type { Course } from '../state/course.ts';
import type { RunStore } from '../store/run-store.ts';
import type { Answer } from './answering.ts';

/** Asks a person. */
export interface Terminal {
  /**
   * Rejects when `signal` is aborted because somebody else has answered.
   *
   * @param waiting how many other questions are open
   * @returns `later` where the person leaves the question open
   */
  ask(
    node: PlanNode,
    question: Question,
    signal: AbortSignal,
    waiting: number,
  ): Promise<Omit<Answer, 'by' | 'via'> | 'later'>;
}

export interface EngineInput {
  readonly run: string;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly course: Course;
  /** Whether the plan has changed since the run was interrupted: what is asked is asked anew. */
  readonly changed?: boolean;
  /** How many tasks may run at the same time. */
  readonly concurrency: number;
  readonly person: Person;
  /** Absent where there is nobody to ask; then the run waits for `cdkpipe approve`. */
  readonly terminal?: Terminal;
  /** Answers to gates that were given on the command line. */
  readonly prepared?: (node: PlanNode) => Omit<Answer, 'by' | 'via'> | undefined;
  /** The answer that names this node. Only such a one is meant for work that was cut in the middle, too. */
  readonly named?: (node: PlanNode) => Omit<Answer, 'by' | 'via'> | undefined;
  /** What plugins tap; a tap that fails stops the run. */
  readonly hooks?: RunHooks;
  /**
   * Aborted: nothing more is started, what runs may end. Where the reason is a CdkpipeError, the run ends with it; else it
   * counts as interrupted.
   */
  readonly stop: AbortSignal;
  /** Aborted: what runs is ended by force. */
  readonly kill: AbortSignal;
  /** Told of every record, its own and those of others; `past` for those that were there before. */
  observe(record: JournalRecord, past: boolean): void;
  /** Told what somebody who watches a node should know and the journal need not. */
  tell(node: string, text: string): void;
}

export type EngineEnd = RunOutcome | 'interrupted' | 'waiting';
