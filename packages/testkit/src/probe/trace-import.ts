/** Imports a package and compares the process before and after. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolve } from 'import-meta-resolve';

export async function traceImport(project: string, name: string): Promise<{ failure?: string; traces: string[] }> {
  // What every process of cdkpipe has loaded is none of the package's doing: zod, for one, has globals.
  await import('@cdkpipe/core/host');
  const before = standing();
  try {
    await import(resolve(name, pathToFileURL(join(project, 'package.json')).href));
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error), traces: [] };
  }
  const after = standing();
  return { traces: [...after].filter((line) => !before.has(line)) };
}

/** One line for each thing that an import should leave as it is. */
function standing(): Set<string> {
  const listeners = process.eventNames().map((event) => [String(event), process.listenerCount(event)] as const);
  return new Set([
    // Getters of the platform define themselves when they are first read.
    ...Reflect.ownKeys(globalThis).map((key) => `it defines the global ${String(key)}`),
    ...listeners.map(([event, count]) => `it listens for ${event} of the process (${count} in all)`),
    ...Object.entries(process.env).map(([key, value]) => `it sets the environment variable ${key} to ${value}`),
    `it changes the working directory to ${process.cwd()}`,
  ]);
}
