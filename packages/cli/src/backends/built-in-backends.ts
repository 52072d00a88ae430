/** The backends that come with the command. Nothing else of the command knows one by its name or its package. */
import type { Plugin } from '@cdkpipe/core';

/** Draws where nothing else is asked for. */
export const defaultBackend = 'codepipeline';

/** Has the engine that `cdkpipe run` and its kin are made of. */
export const runBackend = 'local';

/** The default first. */
export async function loadBuiltIns(): Promise<readonly Plugin[]> {
  const loaded = await Promise.all([import('@cdkpipe/backend-codepipeline'), import('@cdkpipe/backend-local')]);
  return loaded.map(({ default: plugin }) => plugin);
}
