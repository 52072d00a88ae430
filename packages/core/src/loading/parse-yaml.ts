/** Parses YAML and says where it is broken. */
import { defaultLoaders } from 'cosmiconfig';
import type { Parsed } from './parse-json.ts';

/** What js-yaml tells of a fault. */
interface YamlFault {
  readonly reason?: string;
  readonly mark?: { readonly line: number; readonly column: number };
}

/** The value, or what is wrong and where. */
export async function parseYaml(text: string): Promise<Parsed> {
  try {
    return { value: await defaultLoaders['.yaml']('', text) };
  } catch (error) {
    if (error instanceof RangeError) return { reason: 'it is nested too deeply' };
    const { reason = String(error), mark } = error as YamlFault;
    return { reason, ...(mark ? { at: { line: mark.line + 1, column: mark.column + 1 } } : {}) };
  }
}
