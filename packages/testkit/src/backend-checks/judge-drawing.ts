/** Judges what came of a definition by what the capabilities say. */
import type { Problem } from '@cdkpipe/core';
import type { Drawing } from '../backend/open-backend.ts';
import type { Finding } from '../check/check.ts';
import { unmendable } from '../checks/drawing-checks.ts';
import { reasonOf } from './whole.ts';

/** What is declared must be drawn, what is not must be refused in a way that can be acted upon. */
export function judge(drawing: Drawing, about: string, isDeclared: boolean): Finding[] {
  if (drawing.type === 'drawn')
    return isDeclared ? [] : [{ about, message: 'it is drawn, though the capabilities do not name it' }];
  if (isDeclared) return [{ about, message: reasonOf(drawing) }];
  return unlessMendable(drawing, about);
}

export function unlessMendable(drawing: Exclude<Drawing, { type: 'drawn' }>, about: string): Finding[] {
  if (drawing.type !== 'refused') return [{ about, message: reasonOf(drawing) }];
  return [...unmendable(drawing.problems, about), ...withoutPlace(drawing.problems, about)];
}

function withoutPlace(problems: readonly Problem[], about: string): Finding[] {
  return problems.flatMap(({ path, node, message }) =>
    path === undefined && node === undefined ? [{ about, message: `it has no place: ${message}` }] : [],
  );
}
