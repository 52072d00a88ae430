/** Asks a registry which version a name with a tag or a range means now. */
import pacote from 'pacote';
import type { NpmSettings } from './npm-settings.ts';
import { wordRegistryFault } from './word-fault.ts';

/** @throws CdkpipeError (`source: 'user'`) when the registry has none, or cannot be read */
export async function resolveVersion(spec: string, settings: NpmSettings, registry: string): Promise<string> {
  try {
    return (await pacote.manifest(spec, settings)).version;
  } catch (error) {
    throw wordRegistryFault(error, spec, registry);
  }
}
