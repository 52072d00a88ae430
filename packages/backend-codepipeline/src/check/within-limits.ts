/** Holds a number or a name against a limit. */
import type { Problem } from '@cdkpipe/core';
import type { Limit, NameLimit } from '../aws/limits.ts';
import { nameOutsideRule, notWhole, outsideLimit } from '../problems/limits.ts';
import type { Place } from '../problems/place.ts';

/**
 * @param subject what has it, for example `stage "Prod"`
 * @param written what `found` was read from, where that may be no number
 */
export function checkNumber(
  limit: Limit,
  subject: string,
  found: number,
  place: Place = {},
  written: unknown = found,
): Problem[] {
  if (!Number.isInteger(found)) return [notWhole(limit, subject, written, place)];
  const inside = found >= (limit.min ?? 0) && found <= limit.max;
  return inside ? [] : [outsideLimit(limit, subject, found, place)];
}

export function checkName(limit: NameLimit, name: string, place: Place = {}): Problem[] {
  const inside = limit.pattern.test(name) && name.length <= limit.maxLength;
  return inside ? [] : [nameOutsideRule(limit, name, place)];
}
