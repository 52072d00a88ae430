/** Strict objects that can say which keys they know. */
import * as z from 'zod';

/** A strict object whose "unknown key" issue carries the keys that exist, separated by spaces, as its message. */
export function closedObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}
