/** The tasks that run now: each intent is written before the deed, each result after it. */
import type { PlanNode } from '@cdkpipe/core';
import { isStoreFault } from '../store/store-fault.ts';
import type { Work, WorkEnd } from './course.ts';
import { describeFault } from './describe-fault.ts';
import { isOutage } from './is-outage.ts';
import type { RunAtWork } from './run-at-work.ts';
import { TogetherWriter } from './write-together.ts';

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
      end = await work.run(this.force.signal);
    } catch (error) {
      if (isStoreFault(error)) throw error;
      // It stays cut in the middle; what else runs may end.
      if (isOutage(error)) return this.run.stopFor(error);
      end = { outcome: 'failed', reason: describeFault(error) };
    }
    // What ended because it was killed has not ended by itself; it stays cut in the middle.
    if (!this.force.signal.aborted) await this.journal.write({ type: 'actionEnded', node: id, ...end });
  }

  endByForce(reason: unknown): void {
    this.force.abort(reason);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.run.live.values());
  }
}
