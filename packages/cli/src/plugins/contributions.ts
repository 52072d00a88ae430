/** What a plugin adds to a project, and what of it the version before did not have. */
import type { Examination } from './examine-plugin.ts';

export interface Contributions {
  readonly kinds: readonly string[];
  readonly renderers: readonly string[];
  readonly backends: readonly string[];
  readonly rules: readonly string[];
  readonly hooks: readonly string[];
  readonly commands: readonly string[];
}

export function contributionsOf({ candidate: { commands }, manifest }: Examination): Contributions {
  const { kinds, renderers, backends, rules, hooks } = manifest;
  return { kinds, renderers, backends, rules, hooks, commands };
}

/** Undefined where the project has no version of it. */
export function addedBy(examination: Examination): Contributions | undefined {
  const { before } = examination;
  if (!before) return undefined;
  const now = contributionsOf(examination);
  const fresh = (key: keyof Contributions) =>
    now[key].filter((one) => !(before[key] as readonly string[]).includes(one));
  return {
    kinds: fresh('kinds'),
    renderers: fresh('renderers'),
    backends: fresh('backends'),
    rules: fresh('rules'),
    hooks: fresh('hooks'),
    commands: fresh('commands'),
  };
}
