/** Tells a refusal, which a user can act on, from a fault of the plugin, and from a change to what it was given. */
import { isCdkpipeError, type Problem } from '@cdkpipe/core';

/** `mutation`: frozen input was to be changed; `crash`: anything else that is no refusal. */
export interface Fault {
  readonly type: 'mutation' | 'crash';
  readonly message: string;
}

export interface Refusal {
  readonly type: 'refused';
  readonly problems: readonly Problem[];
}

export function judgeFault(error: unknown): Refusal | Fault {
  if (isCdkpipeError(error) && error.source === 'user') return { type: 'refused', problems: error.problems };
  const messages = messagesOf(error);
  return { type: messages.some(isAboutFrozen) ? 'mutation' : 'crash', message: messages[0] ?? String(error) };
}

function messagesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  return [error.message, ...(error.cause === undefined ? [] : messagesOf(error.cause))];
}

/** What V8 says of frozen objects. */
function isAboutFrozen(message: string): boolean {
  return /read only property|not extensible|Cannot delete property|Cannot redefine property/.test(message);
}
