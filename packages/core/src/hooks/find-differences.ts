/** Compares what a hook was given with what it returned, part by part. */
import { inspect, isDeepStrictEqual } from 'node:util';

export interface Difference {
  /** Path of keys joined by dots; lists are compared as a whole. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Descends into plain objects; everything else is compared as a whole. A key without a value is no key. */
export function findDifferences(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (before === after) return [];
  if (!isPlainObject(before) || !isPlainObject(after))
    return isDeepStrictEqual(before, after) ? [] : [{ path: path.join('.'), before, after }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => findDifferences(before[key], after[key], [...path, key]));
}

/** What may be set or changed without a word, never removed: parts of it are covered, too. */
export function isCovered({ path, after }: Difference, changeable: readonly string[]): boolean {
  return after !== undefined && changeable.some((each) => path === each || path.startsWith(`${each}.`));
}

/** One difference, as a message says it. */
export function sayDifference({ path, before, after }: Difference): string {
  const subject = path === '' ? 'it' : `\`${path}\``;
  if (after === undefined) return `${subject} is gone, was ${shown(before)}`;
  return before === undefined ? `${subject} is ${shown(after)}` : `${subject} is ${shown(after)}, not ${shown(before)}`;
}

const longest = 80;

function shown(value: unknown): string {
  const text = inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY });
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
