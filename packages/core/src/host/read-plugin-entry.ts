/** Reads one entry of `plugins`: a plugin or its name, alone, in a pair with options, or as `{ plugin, options }`. */
import { shown, unknownKey, valueInvalid } from '../errors/catalogue/definition.ts';
import type { Problem } from '../errors/problem.ts';
import { isRecord } from '../shape/opinions.ts';

export interface ReadEntry {
  /** What stands for the plugin; not judged yet. */
  readonly plugin: unknown;
  readonly path: string;
  /** Undefined where the entry gives none. */
  readonly options: unknown;
  readonly optionsPath: string;
}

const forms = 'write the plugin or its npm name, [plugin, options], or { plugin, options }';

/** Getters and proxies of an entry run here: whoever calls names its place. */
export function readPluginEntry(entry: unknown, path: string): ReadEntry | Problem {
  if (Array.isArray(entry)) {
    if (entry.length !== 2)
      return valueInvalid(path, `a pair of a plugin and its options, found ${entry.length} values`, forms);
    const [plugin, options] = entry as readonly unknown[];
    return { plugin, path: `${path}[0]`, options, optionsPath: `${path}[1]` };
  }
  if (!isPluginWithOptions(entry)) return { plugin: entry, path, options: undefined, optionsPath: path };
  const { plugin, options, ...others } = entry;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return unknownKey(`${path}.${unknown}`, unknown, ['plugin', 'options']);
  if (typeof plugin !== 'string' && !isObject(plugin))
    return valueInvalid(`${path}.plugin`, `${shown(plugin)} is neither a plugin nor a name`, forms);
  return { plugin, path: `${path}.plugin`, options, optionsPath: `${path}.options` };
}

/** What has a protocol number of its own is a plugin, whatever else it has. */
function isPluginWithOptions(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return isRecord(entry) && Object.hasOwn(entry, 'plugin') && !Object.hasOwn(entry, 'api');
}

function isObject(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
