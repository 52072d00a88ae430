/** What the parts of the engine share while they work on one run. */
import { type Plan, type PlanNode, unreachable } from '@cdkpipe/core';
import { Bell } from './bell.ts';
import type { EngineInput } from './engine-input.ts';
import { OpenJournal } from './open-journal.ts';
import type { RunState } from './run-state.ts';

export class RunAtWork {
  readonly input: EngineInput;
  readonly journal: OpenJournal;
  readonly bell = new Bell();
  /** Nodes to begin again: cut in the middle, and free to. */
  readonly again = new Set<string>();
  /** The whole plan, once it is known. */
  whole: Plan | undefined;
  /** What the run cannot go on after. */
  failure: { readonly error: unknown } | undefined;

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
    return this.input.stop.aborted || this.input.kill.aborted;
  }

  nodeOf(id: string): PlanNode {
    return this.plan.nodes.find((node) => node.id === id) ?? unreachable(`${id} is not in the plan`);
  }

  fail(error: unknown): void {
    this.failure ??= { error };
    this.bell.ring();
  }
}
