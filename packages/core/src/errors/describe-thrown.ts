/** Says in one line what was thrown. */
import { inspect } from 'node:util';
import { withoutCredentials } from './without-credentials.ts';

/** The message of an error, its class in front where that says more; anything else as it would be written. */
export function describeThrown(thrown: unknown): string {
  try {
    return withoutCredentials(shortened(described(thrown)));
  } catch {
    // A proxy, or a message or name whose getter throws.
    return 'something that cannot be shown';
  }
}

/** Far more than anybody reads, and little enough for every terminal and document. */
const longest = 10_000;

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

function described(thrown: unknown): string {
  if (!(thrown instanceof Error)) return inspect(thrown, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
  const message = asWritten(String(thrown.message));
  if (thrown.name === 'Error') return message || 'an error without a message';
  return message ? `${thrown.name}: ${message}` : String(thrown.name);
}

/** Turns `(0 , _orders.foo)` and `_orders.Foo`, as transformed code names imports, back into `foo` and `Foo`. */
function asWritten(message: string): string {
  return message
    .replace(/\(0 ?, ?_\w+\.default\)|\b_\w+\.default(?= is )/g, 'the default import')
    .replace(/\(0 ?, ?_\w+\.(\w+)\)/g, '$1')
    .replace(/\b_\w+\.(\w+)(?= is )/g, '$1');
}
