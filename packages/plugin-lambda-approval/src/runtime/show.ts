/** Turns whatever a check threw or returned into text that CodePipeline accepts. */

const longestMessage = 5000;
const longestSummary = 2048;

/** What went wrong, with its causes; never throws and is never empty. */
export function failureMessage(thrown: unknown): string {
  try {
    return fit(reasonsOf(thrown).join(': ') || 'the check failed without a message', longestMessage);
  } catch {
    return 'the check failed with something that cannot be shown';
  }
}

/** What a check returned, for the console; undefined when there is nothing to show. */
export function summaryOf(returned: unknown): string | undefined {
  try {
    const text = typeof returned === 'string' ? returned : JSON.stringify(returned);
    return text ? fit(text, longestSummary) : undefined;
  } catch {
    return undefined;
  }
}

function reasonsOf(thrown: unknown, depth = 0): string[] {
  if (!(thrown instanceof Error)) return [typeof thrown === 'string' ? thrown : `the check threw ${shown(thrown)}`];
  const own = thrown.message || (thrown instanceof AggregateError ? '' : thrown.name);
  const inner = thrown instanceof AggregateError ? thrown.errors : thrown.cause === undefined ? [] : [thrown.cause];
  return depth < 5 ? [own, ...inner.flatMap((cause) => reasonsOf(cause, depth + 1))].filter(Boolean) : [own];
}

function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** Halves of characters, which the API refuses, are replaced; what is too long is cut. */
function fit(text: string, longest: number): string {
  const cut = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return cut.replace(/\p{Surrogate}/gu, '\uFFFD');
}
