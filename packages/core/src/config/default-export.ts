/** Finds what a module defines, whichever module system it was written for. */

/**
 * The default export of an ES module, or what a CommonJS module exports as a whole; undefined where there is neither.
 *
 * @param module what jiti gave: exports behind a proxy whose `default` falls back to the exports themselves
 */
export function findDefaultExport(module: unknown): { readonly value: unknown } | undefined {
  if (!isModule(module)) return { value: module };
  if (!('default' in module)) {
    return '__esModule' in module || isNamespace(module) || isUntouched(module)
      ? undefined
      : { value: module.default ?? module };
  }
  const value: unknown = module.default;
  if (isNamespace(module) && isUntouched(value)) return undefined;
  // Compiled from an ES module to CommonJS and imported by node: its default is the whole of what it exports.
  if (isModule(value) && '__esModule' in value) return 'default' in value ? { value: value.default } : undefined;
  return { value };
}

interface Module {
  readonly default?: unknown;
}

function isModule(value: unknown): value is Module {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isNamespace(module: Module): boolean {
  return (module as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === 'Module';
}

/** The `module.exports` of a file that never set it. */
function isUntouched(exported: unknown): boolean {
  return typeof exported === 'object' && exported !== null && Reflect.ownKeys(exported).length === 0;
}
