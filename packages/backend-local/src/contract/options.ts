/** The options of the backend, `backends.local` in a definition. */
import { z } from 'zod';

const identities = z.union([z.literal('claimed'), z.record(z.string().min(1), z.string().min(1))]);

export const optionsSchema = z.strictObject({
  identities: identities.optional(),
  keep: z.number().int().min(1).max(10_000).optional(),
});

/** How many rehearsals of a pipeline are kept where the definition does not say. */
export const defaultKeep = 20;

/** Accounts of this machine by the names that `approvers.of` uses, or `claimed`. */
export type Identities = Readonly<Record<string, string>> | 'claimed';

/** What `backends.local` of a definition takes. */
export interface LocalOptions {
  /**
   * Whose approvals count. By default an approver is an account of this machine, by its name; `{ ada: 'alovelace' }` gives
   * the account of a person. `claimed` lets the names of `--user` count, in rehearsals only, to try a quorum out alone.
   */
  readonly identities?: Identities | undefined;
  /**
   * How many rehearsals of the pipeline are kept, the newest; 20 by default. Older ones are removed with their logs when a run
   * ends. A run that waits for an answer, is at work, or was real is never removed by it.
   */
  readonly keep?: number | undefined;
}
