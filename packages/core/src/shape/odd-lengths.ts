/** Keeps zod from throwing: it compares `length` of any object where a text is expected, also one that is no number. */
import { isRecord } from './opinions.ts';

/** Calls `judge` with the value; where that throws, with a copy in which every `length` that is an object is `null`. */
export function judgedWithoutOddLengths<T>(value: unknown, judge: (value: unknown) => T): T {
  try {
    return judge(value);
  } catch (error) {
    const copy = withoutOddLengths(value);
    if (copy === value) throw error;
    return judge(copy);
  }
}

/** The value itself where it has no such key. */
function withoutOddLengths(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withoutOddLengths);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isRecord(value) || !isPlain(value)) return value;
  const entries = Object.entries(value).map(
    ([key, item]) => [key, key === 'length' && typeof item === 'object' ? null : withoutOddLengths(item)] as const,
  );
  return entries.some(([key, item]) => item !== value[key]) ? Object.fromEntries(entries) : value;
}

/** Stages, schemas and the like are left as they are. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
