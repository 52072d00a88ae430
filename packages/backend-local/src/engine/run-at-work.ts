/** What the parts of the engine share while they work on one run. */
import { isCdkpipeError, type Plan, type PlanNode, unreachable } from '@cdkpipe/core';
import type { RunState } from '../state/run-state.ts';
import { stopsTheRun } from '../state/schedule.ts';
import { Bell } from './bell.ts';
import type { EngineInput } from './engine-input.ts';
import { OpenJournal } from './open-journal.ts';

export class RunAtWork {
  readonly input: EngineInput;
  readonly journal: OpenJournal;
  readonly bell = new Bell();
  /** Nodes to begin again: cut in the middle, and free to. */
  readonly again = new Set<string>();
  /** What runs or is about to, by node. */
  readonly live = new Map<string, Promise<void>>();
  /** The whole plan, once it is known. */
  whole: Plan | undefined;
  /** What the run cannot go on after. */
  failure: { readonly error: unknown } | undefined;
  private outerFault: { readonly error: unknown } | undefined;

  constructor(input: EngineInput) {
    this.input = input;
    this.journal = new OpenJournal(input);
    this.whole = input.course.whole;
  }

  get plan(): Plan {
    return this.whole ?? this.input.course.beginning;
  }

  get state(): RunState {
    return this.journal.state;
  }

  get isStopping(): boolean {
    return this.input.stop.aborted || this.input.kill.aborted || this.fault !== undefined;
  }

  /** Whether something has failed or was rejected: nothing more may start. */
  get isLost(): boolean {
    return [...this.state.nodes.values()].some(stopsTheRun);
  }

  /** What a plugin or the world did that stops the run; nothing is lost, and it can go on later. */
  get fault(): { readonly error: unknown } | undefined {
    const { reason } = this.input.stop;
    return this.outerFault ?? (isCdkpipeError(reason) ? { error: reason } : undefined);
  }

  nodeOf(id: string): PlanNode {
    return this.plan.nodes.find((node) => node.id === id) ?? unreachable(`${id} is not in the plan`);
  }

  /** Lets what runs end, and starts nothing more. */
  stopFor(fault: unknown): void {
    this.outerFault ??= { error: fault };
    this.bell.ring();
  }

  fail(error: unknown): void {
    this.failure ??= { error };
    this.bell.ring();
  }
}
