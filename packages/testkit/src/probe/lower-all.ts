/** Lowers every example of a plugin at every place, for comparison with what another process makes of them. */

import { createHash } from 'node:crypto';
import { isCdkpipeError } from '@cdkpipe/core';
import { tryExamples } from '../subject/examples.ts';
import { openSubject } from '../subject/open-subject.ts';
import { positionsIn, validate } from '../trial/kinds.ts';
import { contextAt } from '../trial/lower-context.ts';
import { emittingBackend } from '../trial/tried-backends.ts';

/** Texts by what they are about. */
export type Answers = Readonly<Record<string, string>>;

export interface Determined {
  /** What `lower` answered. */
  readonly lowered: Answers;
  /** Digests of what the backend emitted. */
  readonly drawn: Answers;
}

export async function lowerAll(directory: string): Promise<Determined> {
  using subject = await openSubject(directory);
  const lowered: Record<string, string> = {};
  for (const kind of subject.plugin.kinds ?? [])
    for (const { title, options } of kind.examples ?? [])
      for (const position of positionsIn(kind)) {
        const validated = await validate(kind, options);
        if (!kind.lower || !('value' in validated)) continue;
        lowered[`kind ${kind.name}, example "${title}", as ${position}`] = answerOf(
          () => kind.lower?.(validated.value, contextAt(position)) ?? null,
        );
      }
  const drawn: Record<string, string> = {};
  for (const { about, trial, outcome } of await tryExamples(subject, [emittingBackend.name])) {
    if (outcome.type !== 'drawn') continue;
    const hash = createHash('sha256');
    for (const [path, text] of outcome.files ?? []) hash.update(`${path}\n${text}\n`);
    drawn[`${about}, as ${trial.position}`] = hash.digest('hex');
  }
  return { lowered, drawn };
}

function answerOf(lower: () => unknown): string {
  try {
    return JSON.stringify(lower());
  } catch (error) {
    return isCdkpipeError(error) ? JSON.stringify(error.problems) : String(error);
  }
}
