/** The journal of the run at work: what is written is durable, and its state knows what others have written too. */
import { laterOf } from '../journal/later.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { RunEvent } from '../journal/run-event.ts';
import { emptyRun, foldRecords, type RunState } from '../state/run-state.ts';
import type { EngineInput } from './engine-input.ts';

export class OpenJournal {
  private readonly input: Pick<EngineInput, 'run' | 'store' | 'clock' | 'observe'>;
  private folded: RunState = emptyRun;

  constructor(input: Pick<EngineInput, 'run' | 'store' | 'clock' | 'observe'>) {
    this.input = input;
  }

  get state(): RunState {
    return this.folded;
  }

  /** By the journal, time never goes back. */
  get now(): Date {
    return new Date(laterOf(this.input.clock.now().toISOString(), this.folded.at));
  }

  /** Takes in what earlier processes have written. */
  readPast(): void {
    this.take(this.input.store.read(this.input.run), true);
  }

  readNews(): void {
    this.take(this.input.store.readAfter(this.input.run, this.folded.seq), false);
  }

  /** All of the events or none of them, in one transaction. */
  append(...events: readonly RunEvent[]): void {
    const { store, run, clock } = this.input;
    const records = store.appendAll(run, clock.now(), events);
    // Somebody may have answered since: what came in before is folded in first.
    if (records[0]?.seq === this.folded.seq + 1) this.take(records, false);
    else this.readNews();
  }

  /** Writes only if nobody else has written anything that was not read yet, and tells whether it did. */
  appendIfQuiet(event: RunEvent): boolean {
    const { store, run, clock } = this.input;
    const isQuiet = store.decide(run, clock.now(), (records) =>
      records.length === this.folded.seq ? { event, result: true } : { result: false },
    );
    this.readNews();
    return isQuiet;
  }

  private take(records: readonly JournalRecord[], past: boolean): void {
    this.folded = foldRecords(this.folded, records);
    for (const record of records) this.input.observe(record, past);
  }
}
