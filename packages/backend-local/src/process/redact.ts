/** Removes the values of secrets from text that comes in pieces, also where a value is cut by the end of one. */

export const mask = '***';

export interface Redactor {
  /** What of the text so far can be shown; what might be the beginning of a secret is held back. */
  push(text: string): string;
  /** The rest. */
  end(): string;
}

/**
 * At each place the longest secret that stands there is masked. `secrets` is read at every call, as a task may ask
 * for one when it has begun to write.
 */
export function createRedactor(secrets: ReadonlySet<string>): Redactor {
  let held = '';
  const scan = (isEnd: boolean): string => {
    const { shown, rest } = maskAll(
      held,
      [...secrets].filter((secret) => secret !== ''),
      isEnd,
    );
    held = rest;
    return shown;
  };
  return {
    push: (text) => {
      held += text;
      return scan(false);
    },
    end: () => scan(true),
  };
}

export function redact(text: string, secrets: ReadonlySet<string>): string {
  const redactor = createRedactor(secrets);
  return redactor.push(text) + redactor.end();
}

function maskAll(text: string, secrets: readonly string[], isEnd: boolean): { shown: string; rest: string } {
  if (secrets.length === 0) return { shown: text, rest: '' };
  const firsts = new Set(secrets.map((secret) => secret[0]));
  let shown = '';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    if (!firsts.has(text[at])) {
      at += 1;
      continue;
    }
    const isOpen =
      !isEnd && secrets.some((secret) => secret.length > text.length - at && secret.startsWith(text.slice(at)));
    if (isOpen) return { shown: shown + text.slice(from, at), rest: text.slice(at) };
    const longest = secrets
      .filter((secret) => text.startsWith(secret, at))
      .reduce((best, secret) => (secret.length > best.length ? secret : best), '');
    if (longest === '') {
      at += 1;
      continue;
    }
    shown += text.slice(from, at) + mask;
    at += longest.length;
    from = at;
  }
  return { shown: shown + text.slice(from), rest: '' };
}
