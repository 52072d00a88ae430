/** What a check decided. */
import { writeState } from './check-state.ts';
import { failureMessage, summaryOf } from './show.ts';

export type Verdict =
  | { readonly approved: true; readonly summary?: string }
  | { readonly approved: false; readonly reason: string }
  | { readonly approved: 'later'; readonly token: string; readonly summary?: string };

/**
 * `false` rejects; an object whose `pending` is `true` has not decided yet; an object with `approved` approves only by
 * `true`, and rejects with its `reason`; everything else approves.
 *
 * @throws Error when the state of a check that has not decided is too long to be handed on
 */
export function judge(returned: unknown): Verdict {
  if (returned === false) return { approved: false, reason: 'the check returned false' };
  if (typeof returned === 'object' && returned !== null && 'pending' in returned && returned.pending === true) {
    const summary = 'reason' in returned ? summaryOf(returned.reason) : undefined;
    const token = writeState('state' in returned ? returned.state : undefined);
    return { approved: 'later', token, ...(summary === undefined ? {} : { summary }) };
  }
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
