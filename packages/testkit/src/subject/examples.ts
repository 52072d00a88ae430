/** Every example of a plugin at every place where it may stand. */

import type { Subject } from '../check/check.ts';
import { type AnyKind, positionsIn } from '../trial/kinds.ts';
import type { Outcome, Trial } from '../trial/trials.ts';
import { triedBackends } from '../trial/tried-backends.ts';

export interface TriedExample {
  readonly kind: AnyKind;
  readonly about: string;
  readonly trial: Trial;
  readonly outcome: Outcome;
}

/** In a steady order; what was tried before is not tried again. */
export async function tryExamples(
  { plugin, trials }: Pick<Subject, 'plugin' | 'trials'>,
  on: readonly string[] = triedBackends,
): Promise<TriedExample[]> {
  const tried: TriedExample[] = [];
  for (const kind of plugin.kinds ?? [])
    for (const { title, options } of kind.examples ?? [])
      for (const backend of on)
        for (const position of positionsIn(kind)) {
          const trial = { backend, position, step: { kind: kind.name, name: 'Tried', options } };
          const about = `kind ${kind.name}, example "${title}"`;
          tried.push({ kind, about, trial, outcome: await trials.attempt(trial) });
        }
  return tried;
}

/** Names an outcome by where it was tried. */
export function placeOf({ backend, position }: Trial): string {
  return `as ${position} on ${backend}`;
}
