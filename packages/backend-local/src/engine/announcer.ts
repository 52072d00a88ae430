/** Tells plugins what happens along the run, and lets nothing go on past a tap that has not settled well. */
import { type ActionEndEvent, type HookedQuestion, type HookedRun, type PlanNode, unreachable } from '@cdkpipe/core';
import type { Question, RunOutcome } from '../journal/run-event.ts';
import { changeTexts } from '../state/change-texts.ts';
import type { NodeState, RunState } from '../state/run-state.ts';
import type { RunAtWork } from './run-at-work.ts';

export class Announcer {
  private readonly run: RunAtWork;
  private readonly starting = new Set<string>();
  private readonly ending = new Set<string>();

  constructor(run: RunAtWork) {
    this.run = run;
  }

  /** How many actions wait for the taps of their start. */
  get countStarting(): number {
    return this.starting.size;
  }

  get isBusy(): boolean {
    return this.starting.size + this.ending.size > 0;
  }

  isStarting(node: string): boolean {
    return this.starting.has(node);
  }

  async runStart(): Promise<void> {
    const { hooks } = this.run.input;
    // The first record tells that the run was begun; an earlier process has written more.
    const resumed = this.run.state.seq > 1;
    await this.told(hooks?.call('runStart', { run: this.hookedRun, resumed }));
  }

  /** Calls `begin` at once where nobody taps it, else when the taps have settled; never where the run has stopped. */
  start(node: PlanNode, question: Question | undefined, begin: () => void): void {
    const { hooks } = this.run.input;
    if (!hooks?.isTapped('actionStart')) {
      begin();
      return;
    }
    const attempt = (this.run.state.nodes.get(node.id)?.attempt ?? 0) + 1;
    const asked = question === undefined ? {} : { question: hookedQuestion(question) };
    this.starting.add(node.id);
    this.told(hooks.call('actionStart', { run: this.hookedRun, node, attempt, ...asked }))
      .then((isTold) => {
        if (isTold && !this.run.isStopping && !this.run.isLost && !this.run.failure) begin();
      })
      .catch((error: unknown) => this.run.fail(error))
      .finally(() => {
        this.starting.delete(node.id);
        this.run.bell.ring();
      });
  }

  /** Tells of every end that was not told yet, also of those that an earlier process could not tell. */
  tellEnds(): void {
    if (this.run.isStopping) return;
    for (const [id, node] of this.untold) {
      if (this.ending.has(id)) continue;
      this.ending.add(id);
      this.told(this.run.input.hooks?.call('actionEnd', this.endOf(id, node)))
        .then((isTold) => {
          if (isTold) this.run.journal.append({ type: 'actionTold', node: id });
        })
        .catch((error: unknown) => this.run.fail(error))
        .finally(() => {
          this.ending.delete(id);
          this.run.bell.ring();
        });
    }
  }

  /** What may be built upon: an action whose end was not told counts as running. */
  get settledState(): RunState {
    const { untold } = this;
    const { state } = this.run;
    if (untold.length === 0) return state;
    const nodes = new Map(state.nodes);
    for (const [id, node] of untold) nodes.set(id, { ...node, phase: 'running' });
    return { ...state, nodes };
  }

  /** @returns whether the end may be written down */
  runEnd(outcome: RunOutcome, reason: string | undefined): Promise<boolean> {
    const event = { run: this.hookedRun, outcome, ...(reason === undefined ? {} : { reason }) };
    return this.told(this.run.input.hooks?.call('runEnd', event));
  }

  /** In the order in which they ended. */
  private get untold(): (readonly [string, NodeState])[] {
    if (!this.run.input.hooks?.isTapped('actionEnd')) return [];
    const planned = new Set(this.run.plan.nodes.map(({ id }) => id));
    return [...this.run.state.nodes]
      .filter(([id, { phase, told }]) => phase === 'ended' && told !== true && planned.has(id))
      .sort(([, one], [, other]) => ((one.ended ?? '') < (other.ended ?? '') ? -1 : 1));
  }

  private get hookedRun(): HookedRun {
    const { started } = this.run.state;
    if (!started) return unreachable('a run that was never begun');
    return { id: this.run.input.run, pipeline: started.pipeline, mode: started.mode };
  }

  private endOf(id: string, { outcome, reason, summary, answers }: NodeState): ActionEndEvent {
    return {
      run: this.hookedRun,
      node: this.run.nodeOf(id),
      outcome: outcome ?? unreachable(`${id} ended without an outcome`),
      ...(reason === undefined ? {} : { reason }),
      ...(summary === undefined ? {} : { summary }),
      answers: answers.map(({ decision, by, at, comment }) => ({
        decision,
        user: by.user,
        at,
        ...(comment === undefined ? {} : { comment }),
      })),
    };
  }

  /** A tap that was cut short by an interruption is no fault; it is called again when the run goes on. */
  private async told(call: Promise<void> | undefined): Promise<boolean> {
    try {
      await call;
      return true;
    } catch (error) {
      if (!this.run.isStopping) this.run.stopFor(error);
      return false;
    }
  }
}

function hookedQuestion({ title, comment, link, details, changes = [], digest, expires }: Question): HookedQuestion {
  return {
    title,
    ...(comment === undefined ? {} : { comment }),
    ...(link === undefined ? {} : { link }),
    details: [...details, ...changeTexts(changes)],
    digest,
    ...(expires === undefined ? {} : { expires }),
  };
}
