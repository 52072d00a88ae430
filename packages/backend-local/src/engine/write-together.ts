/** Writes down what begins or ends in one turn of the event loop in one transaction: its time is that of the disk. */
import type { ActionEnded, ActionStarted } from '../journal/run-event.ts';
import { stopsTheRun } from '../state/schedule.ts';
import type { RunAtWork } from './run-at-work.ts';

interface Entry {
  readonly event: ActionStarted | ActionEnded;
  resolve(isWritten: boolean): void;
  reject(error: unknown): void;
}

export class TogetherWriter {
  private readonly run: RunAtWork;
  private readonly forced: AbortSignal;
  private batch: Entry[] = [];

  constructor(run: RunAtWork, forced: AbortSignal) {
    this.run = run;
    this.forced = forced;
  }

  /** Durable when it resolves; false where it was too late to begin. */
  write(event: ActionStarted | ActionEnded): Promise<boolean> {
    if (this.batch.length === 0) setImmediate(() => this.writeBatch());
    return new Promise((resolve, reject) => this.batch.push({ event, resolve, reject }));
  }

  private writeBatch(): void {
    const { batch } = this;
    this.batch = [];
    const written = this.mayBegin(batch) ? batch : batch.filter(({ event }) => event.type === 'actionEnded');
    try {
      if (written.length > 0) this.run.journal.append(...written.map(({ event }) => event));
      for (const entry of batch) entry.resolve(written.includes(entry));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  /** Since a start was decided, something may have stopped the run. */
  private mayBegin(batch: readonly Entry[]): boolean {
    const { isStopping, isLost, failure } = this.run;
    const isLosing = batch.some(
      ({ event }) => event.type === 'actionEnded' && stopsTheRun({ ...event, phase: 'ended' }),
    );
    return !isStopping && !isLost && !isLosing && failure === undefined && !this.forced.aborted;
  }
}
