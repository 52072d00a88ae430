/** Removes the values of secrets from text that comes in pieces, in every form of `secret-forms.ts`, in linear time. */
import { PatternMatcher, type Span } from './pattern-matcher.ts';
import { formsOf } from './secret-forms.ts';

export const mask = '***';

export interface Redactor {
  /** What of the text so far can be shown; what might be the beginning of a secret is held back. */
  push(text: string): string;
  /** The rest. */
  end(): string;
}

/**
 * Occurrences that overlap are masked as one. `secrets` is read at every call, as a task may ask for one when it has
 * begun to write.
 */
export function createRedactor(secrets: ReadonlySet<string>): Redactor {
  let masker: Masker | undefined;
  let known = 0;
  const current = (): Masker | undefined => {
    if (secrets.size !== known || (masker === undefined && secrets.size > 0)) {
      known = secrets.size;
      const earlier = masker;
      masker = new Masker(secrets);
      masker.takeOver(earlier?.release());
    }
    return masker;
  };
  return {
    push: (text) => current()?.push(text) ?? text,
    end: () => current()?.end() ?? '',
  };
}

export function redact(text: string, secrets: ReadonlySet<string>): string {
  const redactor = createRedactor(secrets);
  return redactor.push(text) + redactor.end();
}

/** Text that was not shown yet, and how much of its beginning belongs to a secret whose mask was shown. */
interface Held {
  readonly text: string;
  readonly masked: number;
}

class Masker {
  private readonly matchers: readonly PatternMatcher[];
  /** Text from `from` on, which was read and not shown. */
  private held = '';
  private from = 0;
  /** Occurrences that are not shown yet, in order and apart from each other. */
  private spans: Span[] = [];
  /** Everything before it belongs to an occurrence whose mask was shown. */
  private maskedUntil = 0;

  constructor(secrets: ReadonlySet<string>) {
    const { plain, wrapped } = formsOf(secrets);
    this.matchers = [
      ...(plain.length > 0 ? [new PatternMatcher(plain, { passesLineBreaks: false })] : []),
      ...(wrapped.length > 0 ? [new PatternMatcher(wrapped, { passesLineBreaks: true })] : []),
    ];
  }

  takeOver(held: Held | undefined): void {
    if (!held) return;
    this.maskedUntil = held.masked;
    this.read(held.text);
  }

  release(): Held {
    return { text: this.held, masked: Math.max(0, this.maskedUntil - this.from) };
  }

  push(text: string): string {
    this.read(text);
    return this.show(Math.min(this.from + this.held.length, ...this.matchers.map(({ openFrom }) => openFrom)));
  }

  end(): string {
    return this.show(this.from + this.held.length);
  }

  private read(text: string): void {
    this.held += text;
    for (const matcher of this.matchers) {
      const found: Span[] = [];
      matcher.read(text, (span) => mergeInto(found, span));
      this.spans = this.spans.length === 0 ? found : mergeSpans(this.spans, found);
    }
  }

  /** @param until everything before it is certain */
  private show(until: number): string {
    let shown = '';
    let at = this.from;
    const plainUntil = (end: number) => {
      const begin = Math.max(at, Math.min(this.maskedUntil, end));
      shown += this.held.slice(begin - this.from, end - this.from);
      at = Math.max(at, end);
    };
    let count = 0;
    for (const { start, end } of this.spans) {
      if (start >= until) break;
      count += 1;
      if (start >= this.maskedUntil) {
        plainUntil(start);
        shown += mask;
      }
      this.maskedUntil = Math.max(this.maskedUntil, end);
      at = Math.max(at, Math.min(end, until));
    }
    plainUntil(until);
    this.spans.splice(0, count);
    this.held = this.held.slice(until - this.from);
    this.from = until;
    return shown;
  }
}

/** Takes in one that ends later than all others. */
function mergeInto(spans: Span[], span: Span): void {
  let { start } = span;
  for (let last = spans.at(-1); last && last.end > start; last = spans.at(-1)) {
    start = Math.min(start, last.start);
    spans.pop();
  }
  spans.push({ start, end: span.end });
}

function mergeSpans(some: readonly Span[], others: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...some, ...others].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last && span.start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
