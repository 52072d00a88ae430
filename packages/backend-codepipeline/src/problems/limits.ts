/** What is larger than AWS takes, and names it does not take. */
import type { Problem } from '@cdkpipe/core';
import type { Limit, NameLimit } from '../aws/limits.ts';
import { at, type Place } from './place.ts';

/** @param subject what has it, for example `stage "Prod"` */
export function outsideLimit(limit: Limit, subject: string, found: number, place: Place = {}): Problem {
  const over = found > limit.max;
  const bound = over ? limit.max : (limit.min ?? 0);
  const unit = limit.unit === '' ? '' : ` ${limit.unit}`;
  return {
    code: over ? 'LIMIT_EXCEEDED' : 'LIMIT_NOT_REACHED',
    message: `${limit.what} of ${subject}: ${found}${unit}, ${Math.abs(found - bound)} ${over ? 'more than the most' : 'less than the least'} AWS takes, ${bound}`,
    fix: `${over && limit.advice ? limit.advice : `${over ? 'take away' : 'add'} ${Math.abs(found - bound)}`}; the limit is described at ${limit.source}`,
    ...at(place),
  };
}

export function notWhole(limit: Limit, subject: string, written: unknown, place: Place = {}): Problem {
  return {
    code: 'NUMBER_NOT_WHOLE',
    message: `${limit.what} of ${subject} is ${JSON.stringify(written)}, which is no whole number`,
    fix: `write a whole number from ${limit.min ?? 0} to ${limit.max}`,
    ...at(place),
  };
}

export function nameOutsideRule(limit: NameLimit, name: string, place: Place = {}): Problem {
  const tooLong = name.length > limit.maxLength;
  return {
    code: tooLong ? 'NAME_TOO_LONG' : 'NAME_CHARACTERS',
    message: tooLong
      ? `the ${limit.what} name "${name}" has ${name.length} characters, ${name.length - limit.maxLength} more than ${limit.maxLength}`
      : `the ${limit.what} name "${name}" has characters that CodePipeline does not take`,
    fix: `use 1 to ${limit.maxLength} of ${limit.characters}`,
    ...at(place),
  };
}
