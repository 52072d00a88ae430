/** Holds a number or a name against a limit. */
import type { Problem } from '@cdkpipe/core';
import type { Limit, NameLimit } from '../limits.ts';
import { nameOutsideRule, outsideLimit } from '../problems/limits.ts';
import type { Place } from '../problems/place.ts';

/** @param subject what has it, for example `stage "Prod"` */
export function checkNumber(limit: Limit, subject: string, found: number, place: Place = {}): Problem[] {
  const inside = Number.isInteger(found) && found >= (limit.min ?? 0) && found <= limit.max;
  return inside ? [] : [outsideLimit(limit, subject, found, place)];
}

export function checkName(limit: NameLimit, name: string, place: Place = {}): Problem[] {
  const inside = limit.pattern.test(name) && name.length <= limit.maxLength;
  return inside ? [] : [nameOutsideRule(limit, name, place)];
}
