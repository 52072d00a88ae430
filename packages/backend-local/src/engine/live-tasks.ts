/** The tasks that run now: each intent is written before the deed, each result after it. */
import type { PlanNode } from '@cdkpipe/core';
import type { Work, WorkEnd } from './course.ts';
import { describeFault } from './describe-fault.ts';
import type { RunAtWork } from './run-at-work.ts';

export class LiveTasks {
  private readonly run: RunAtWork;
  private readonly live = new Map<string, Promise<void>>();
  private readonly force = new AbortController();

  constructor(run: RunAtWork) {
    this.run = run;
  }

  get count(): number {
    return this.live.size;
  }

  /** Aborted when what runs is ended by force. */
  get forced(): AbortSignal {
    return this.force.signal;
  }

  begin(node: PlanNode, work: Extract<Work, { type: 'task' }>): void {
    const { journal, bell } = this.run;
    const attempt = (this.run.state.nodes.get(node.id)?.attempt ?? 0) + 1;
    journal.append({ type: 'actionStarted', node: node.id, attempt, retry: work.retry });
    const watched = this.carryOut(node, work)
      .catch((error: unknown) => this.run.fail(error))
      .finally(() => {
        this.live.delete(node.id);
        bell.ring();
      });
    this.live.set(node.id, watched);
  }

  private async carryOut(node: PlanNode, work: Extract<Work, { type: 'task' }>): Promise<void> {
    let end: WorkEnd;
    try {
      end = await work.run(this.force.signal);
    } catch (error) {
      end = { outcome: 'failed', reason: describeFault(error) };
    }
    // What ended because it was killed has not ended by itself; it stays cut in the middle.
    if (!this.force.signal.aborted) this.run.journal.append({ type: 'actionEnded', node: node.id, ...end });
  }

  endByForce(reason: unknown): void {
    this.force.abort(reason);
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.live.values());
  }
}
