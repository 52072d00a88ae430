/** The pipeline in which everything occurs, drawn once for all checks of a backend. */

import type { DrawnPipeline, EmittedAction } from '../backend/backend-trial.ts';
import type { Drawing, OpenedBackend } from '../backend/open-backend.ts';
import { wholeDefinition } from '../backend/whole-definition.ts';
import type { Finding } from '../check/check.ts';

export interface DrawnWhole {
  readonly drawn: DrawnPipeline;
  readonly actions: readonly EmittedAction[];
}

const known = new WeakMap<OpenedBackend, Promise<DrawnWhole | Finding>>();

export const definitionOf = ({ steps, capabilities, base }: OpenedBackend) =>
  wholeDefinition(steps, capabilities.selfUpdate, base);

/** A finding where it cannot be drawn, or what was emitted cannot be read. */
export function drawWhole(opened: OpenedBackend): Promise<DrawnWhole | Finding> {
  const found = known.get(opened) ?? draw(opened);
  known.set(opened, found);
  return found;
}

async function draw(opened: OpenedBackend): Promise<DrawnWhole | Finding> {
  const drawing = await opened.draw(definitionOf(opened));
  if (drawing.type !== 'drawn') return { about: 'the whole pipeline', message: reasonOf(drawing) };
  try {
    return { drawn: drawing, actions: await opened.trial.read(drawing) };
  } catch (error) {
    return { about: 'reading what was emitted', message: String(error) };
  }
}

export function isFinding(value: object): value is Finding {
  return 'message' in value;
}

export function reasonOf(drawing: Exclude<Drawing, { type: 'drawn' }>): string {
  if (drawing.type === 'refused')
    return `refused: ${drawing.problems.map(({ code, message }) => `${code}: ${message}`).join('; ')}`;
  return drawing.message;
}

/** IDs of everything that has certainly succeeded when each node starts. */
export function closureOf(actions: readonly EmittedAction[]): ReadonlyMap<string, ReadonlySet<string>> {
  const after = new Map<string, string[]>();
  // Of a node that is there twice only what both wait for is certain.
  for (const { node, after: own } of actions) {
    const known = after.get(node);
    after.set(node, known ? known.filter((each) => own.includes(each)) : [...own]);
  }
  return new Map(
    [...after.keys()].map((node) => {
      const before = new Set(after.get(node));
      // A set takes on while it is walked what is added to it, and nothing twice.
      for (const each of before) for (const earlier of after.get(each) ?? []) before.add(earlier);
      return [node, before];
    }),
  );
}
