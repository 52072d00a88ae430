/** The definition: what an author exports from `cdkpipe.config.ts`. */
import type { DefinitionBody } from '../definition/definition.ts';
import type { Plugin } from './plugin.ts';

export interface Definition extends DefinitionBody {
  /** Plugins as objects, or the npm names of packages whose default export is one. */
  readonly plugins?: readonly (Plugin | string)[];
}

export type DefinitionExport = Definition | (() => Definition | Promise<Definition>);

/** Types a definition, or a function that makes one. */
export function defineConfig<T extends DefinitionExport>(definition: T): T {
  return definition;
}
