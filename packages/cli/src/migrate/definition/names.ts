/** Names that a definition takes, made from the IDs of the old pipeline. */

/** Gives each ID a name of its own; names that differ only by case count as the same. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken.map((name) => name.toLowerCase()));
  }

  /** @param id of any form; @param scope what to put before it if the name is taken */
  take(id: string, scope = ''): string {
    const name = clean(id);
    const candidates = [name, ...(scope === '' ? [] : [`${clean(scope)}-${name}`])];
    for (let number = 2; ; number++) {
      const free = candidates.find((candidate) => !this.#taken.has(candidate.toLowerCase()));
      if (free !== undefined) {
        this.#taken.add(free.toLowerCase());
        return free;
      }
      candidates.push(`${name}-${number}`);
    }
  }
}

/** 1 to 100 of `A-Z a-z 0-9 . @ _ -`, as names of waves and steps are. */
export function clean(id: string): string {
  const name = id.replace(/[^A-Za-z0-9.@_-]+/g, '-').replace(/^-+|-+$/g, '');
  return name === '' ? 'Step' : name.slice(0, 90);
}
