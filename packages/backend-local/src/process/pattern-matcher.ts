/** Finds every occurrence of many texts in text that comes in pieces, in linear time (Aho and Corasick). */

export interface Span {
  /** Index of its first character, counted over all pieces. */
  readonly start: number;
  /** Index behind its last character. */
  readonly end: number;
}

interface State {
  readonly next: Map<number, State>;
  readonly depth: number;
  /** Where to go on when no character follows here: the longest end of this that begins a pattern, too. */
  fallback: State | undefined;
  /** Length of the longest pattern that ends here; 0 where none does. */
  longest: number;
}

const newState = (depth: number): State => ({ next: new Map(), depth, fallback: undefined, longest: 0 });

const lineBreaks: ReadonlySet<number> = new Set([10, 13]);

export interface MatcherOptions {
  /** Whether a line break inside an occurrence is passed over, as tools wrap what they encode. */
  readonly passesLineBreaks: boolean;
}

export class PatternMatcher {
  private readonly root: State = newState(0);
  private readonly passesLineBreaks: boolean;
  /** Indices of the last characters that count, in a ring. */
  private readonly places: Float64Array;
  /** 1 for each UTF-16 code unit that a pattern begins with. */
  private readonly begins = new Uint8Array(0x10000);
  private state: State = this.root;
  private counted = 0;
  private index = 0;

  constructor(patterns: Iterable<string>, { passesLineBreaks }: MatcherOptions) {
    this.passesLineBreaks = passesLineBreaks;
    let longest = 0;
    for (const pattern of patterns) {
      this.add(pattern);
      longest = Math.max(longest, pattern.length);
    }
    for (const code of this.root.next.keys()) this.begins[code] = 1;
    this.places = new Float64Array(longest + 1);
    this.linkFallbacks();
  }

  /** Where what may still become an occurrence begins; the end of the text so far where nothing may. */
  get openFrom(): number {
    return this.state.depth === 0 ? this.index : this.placeBefore(this.state.depth);
  }

  /** Of occurrences that end at the same place only the longest is told. */
  read(text: string, found: (span: Span) => void): void {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      // Most characters begin nothing.
      if (this.state === this.root && this.begins[code] === 0) this.index += 1;
      else this.step(code, found);
    }
  }

  private step(code: number, found: (span: Span) => void): void {
    const index = this.index++;
    if (this.passesLineBreaks && lineBreaks.has(code)) return;
    this.places[this.counted++ % this.places.length] = index;
    let state: State | undefined = this.state;
    while (state && !state.next.has(code)) state = state.fallback;
    this.state = state?.next.get(code) ?? this.root;
    const { longest } = this.state;
    if (longest > 0) found({ start: this.placeBefore(longest), end: index + 1 });
  }

  /** Index of the character that many characters before the end of what counts. */
  private placeBefore(characters: number): number {
    return this.places[(this.counted - characters) % this.places.length] ?? 0;
  }

  private add(pattern: string): void {
    let state = this.root;
    for (let at = 0; at < pattern.length; at += 1) {
      const code = pattern.charCodeAt(at);
      const next = state.next.get(code) ?? newState(at + 1);
      state.next.set(code, next);
      state = next;
    }
    state.longest = pattern.length;
  }

  private linkFallbacks(): void {
    const queue: State[] = [this.root];
    for (const state of queue) {
      for (const [code, next] of state.next) {
        let fallback = state.fallback;
        while (fallback && !fallback.next.has(code)) fallback = fallback.fallback;
        next.fallback = fallback?.next.get(code) ?? this.root;
        next.longest ||= next.fallback.longest;
        queue.push(next);
      }
    }
  }
}
