/** Notices a definition that changes the objects of everybody in the process. */
import { builtInsChanged } from '../errors/catalogue/definition.ts';
import type { Problem } from '../errors/problem.ts';

/** Before a definition was loaded; also keys that no loop sees, as those without a setter make every assignment fail. */
const before: ReadonlySet<PropertyKey> = new Set(Reflect.ownKeys(Object.prototype));

/** Keys that every object has now, which no library reckons with; what was replaced by something else is not noticed. */
export function checkBuiltIns(): Problem[] {
  const keys = Reflect.ownKeys(Object.prototype).filter((key) => !before.has(key));
  return keys.length === 0 ? [] : [builtInsChanged(keys.map(String))];
}
