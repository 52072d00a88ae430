/** Finds what a module defines, whichever module system it was written for. */

/**
 * The default export of an ES module, or what a CommonJS module exports as a whole; undefined where there is neither.
 *
 * @param module what jiti gave: mostly the exports behind a proxy, whose `default` falls back to the exports themselves
 */
export function findDefaultExport(module: unknown): { readonly value: unknown } | undefined {
  if (!isModule(module)) return { value: module };
  // Past the proxy, which gives the exports also for a default that is undefined.
  const own = Reflect.getOwnPropertyDescriptor(module, 'default');
  if (own) return { value: own.get ? own.get() : own.value };
  if ('__esModule' in module || isUntouched(module)) return undefined;
  // A promise that was exported is awaited already, and what it gave has no proxy.
  return { value: module.default ?? module };
}

function isModule(value: unknown): value is { readonly default?: unknown } {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The `module.exports` of a file that never set it. */
function isUntouched(exported: object): boolean {
  return typeof exported === 'object' && Reflect.ownKeys(exported).length === 0;
}
