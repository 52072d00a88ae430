/** The body of a definition: all that an author exports from `cdkpipe.config.ts`, apart from the plugins. */
import type { Environment } from '../model/environment.ts';
import type { BuildDefinition } from './build.ts';
import type { WaveDefinition } from './deployment.ts';
import type { SourceDefinition } from './source.ts';

/** Options of each backend, by its name; a backend package adds its own to this type. */
// biome-ignore lint/suspicious/noEmptyInterface: backends augment it
export interface BackendOptions {}

export interface DefinitionBody {
  /** Name of the pipeline. */
  readonly name: string;
  /** Where the pipeline itself lives. */
  readonly env: Environment;
  /** The source that triggers and is built. */
  readonly source: SourceDefinition;
  /** Sources fetched beside it, by the directory of the build's workspace they are laid in. */
  readonly additionalSources?: Readonly<Record<string, SourceDefinition>>;
  readonly build: BuildDefinition;
  readonly waves: readonly WaveDefinition[];
  /** Options for backends, by name. */
  readonly backends?: BackendOptions & Readonly<Record<string, unknown>>;
}
