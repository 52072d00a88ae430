/** What a check decided. */
import { failureMessage, summaryOf } from './show.ts';

export type Verdict =
  | { readonly approved: true; readonly summary?: string }
  | { readonly approved: false; readonly reason: string };

/**
 * `false` rejects; an object with `approved` approves only by `true`, and rejects with its `reason`; everything else
 * approves.
 */
export function judge(returned: unknown): Verdict {
  if (returned === false) return { approved: false, reason: 'the check returned false' };
  if (typeof returned === 'object' && returned !== null && 'approved' in returned && returned.approved !== true) {
    const reason = 'reason' in returned ? summaryOf(returned.reason) : undefined;
    return { approved: false, reason: reason ?? 'the check did not approve' };
  }
  const summary = summaryOf(returned);
  return summary === undefined ? { approved: true } : { approved: true, summary };
}

/** Something was thrown: it goes to the log whole, and to CodePipeline as a message. */
export function rejectionOf(thrown: unknown): Verdict {
  try {
    console.error(thrown);
  } catch {
    // Some things cannot even be logged.
  }
  return { approved: false, reason: failureMessage(thrown) };
}
