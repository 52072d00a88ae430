/** The tasks that run now: each intent is written before the deed, each result after it. */
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { PlanNode } from '@cdkpipe/core';
import type { Work, WorkEnd } from '../state/course.ts';
import { describeFault } from '../state/describe-fault.ts';
import { stopsTheRunFor } from '../state/is-outage.ts';
import { isStoreFault } from '../store/store-fault.ts';
import type { RunAtWork } from './run-at-work.ts';
import { TogetherWriter } from './write-together.ts';

/** How long work that is ended by force may take to end, in milliseconds; more than its processes get. */
const forceMs = 8000;

export class LiveTasks {
  private readonly run: RunAtWork;
  private readonly force = new AbortController();
  private readonly journal: TogetherWriter;

  constructor(run: RunAtWork) {
    this.run = run;
    this.journal = new TogetherWriter(run, this.force.signal);
  }

  get count(): number {
    return this.run.live.size;
  }

  /** Aborted when what runs is ended by force. */
  get forced(): AbortSignal {
    return this.force.signal;
  }

  begin(node: PlanNode, work: Extract<Work, { type: 'task' }>): void {
    const { live, bell } = this.run;
    const watched = this.carryOut(node, work)
      .catch((error: unknown) => this.run.fail(error))
      .finally(() => {
        live.delete(node.id);
        bell.ring();
      });
    live.set(node.id, watched);
  }

  private async carryOut({ id }: PlanNode, work: Extract<Work, { type: 'task' }>): Promise<void> {
    const before = this.run.state.nodes.get(id);
    const attempt = (before?.attempt ?? 0) + 1;
    if (!(await this.journal.write({ type: 'actionStarted', node: id, attempt, retry: work.retry }))) {
      // Cut in the middle before, it still is.
      if (before) this.run.again.add(id);
      return;
    }
    let end: WorkEnd;
    try {
      const ended = await this.endOf(work);
      if (!ended) return;
      end = ended;
    } catch (error) {
      if (isStoreFault(error)) throw error;
      // It stays cut in the middle; what else runs may end.
      if (stopsTheRunFor(error)) return this.run.stopFor(error);
      end = { outcome: 'failed', reason: describeFault(error) };
    }
    // What ended because it was killed has not ended by itself; it stays cut in the middle.
    if (!this.force.signal.aborted) await this.journal.write({ type: 'actionEnded', node: id, ...end });
  }

  /** Undefined where it does not end although it was told to; it is left behind, cut in the middle. */
  private async endOf(work: Extract<Work, { type: 'task' }>): Promise<WorkEnd | undefined> {
    const { signal } = this.force;
    const over = new AbortController();
    const left = async () => {
      if (!signal.aborted) await once(signal, 'abort', { signal: over.signal });
      await wait(forceMs, undefined, { signal: over.signal });
      return undefined;
    };
    try {
      return await Promise.race([work.run(signal), left()]);
    } finally {
      over.abort();
    }
  }

  endByForce(reason: unknown): void {
    this.force.abort(reason);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.run.live.values());
  }
}
