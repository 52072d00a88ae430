/** Notices a definition that changes the objects of everybody in the process. */
import { builtInsChanged } from '../errors/catalogue/definition.ts';
import type { Problem } from '../errors/problem.ts';

/** Keys that every object has now, which no library reckons with; what was replaced by something else is not noticed. */
export function checkBuiltIns(): Problem[] {
  const keys = Object.keys(Object.prototype);
  return keys.length === 0 ? [] : [builtInsChanged(keys)];
}
