/** Imports TypeScript and JavaScript of the project with jiti. */
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { tsconfigUnusable } from '../errors/catalogue/loading.ts';
import { refused } from '../errors/cdkpipe-error.ts';
import { makeDirectory } from '../files/make-directory.ts';
import { privateMode } from '../files/private-directory.ts';
import type { LoadContext } from './load-context.ts';
import { placeIn } from './place.ts';
import { serveCdk } from './virtual-cdk.ts';

// Sources before what a compiler may have left beside them.
const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];

/** The exports of `file`, whose content is `source`. */
export async function importScript(file: string, source: string, context: LoadContext): Promise<unknown> {
  // A fault deep inside the CDK must still show the author's line.
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 50);
  const { cwd, cacheDir } = context;
  const evaluate = (fsCache: string | false) =>
    createImporter(file, cwd, fsCache).evalModule(source, {
      id: file,
      filename: file,
      ext: extname(file),
      async: true,
      // Left to node, JavaScript would import the CDK over the slow bridge, and run a second time when it fails.
      forceTranspile: true,
    });
  if (cacheDir === undefined) return evaluate(false);
  try {
    const directory = join(cacheDir, 'jiti');
    makeDirectory(directory, privateMode);
    return await evaluate(directory);
  } catch (error) {
    if (!isAbout(error, cacheDir)) throw error;
    return evaluate(false);
  }
}

function createImporter(file: string, cwd: string, fsCache: string | false) {
  // Not `import`: node would search 190 KB of it for export names, which takes as long as running it.
  const { createJiti } = createRequire(import.meta.url)('jiti') as typeof import('jiti');
  const options = { fsCache, extensions, virtualModules: serveCdk(dirname(file)), tsconfigPaths: true };
  try {
    return createJiti(file, options);
  } catch (error) {
    throw refused([tsconfigUnusable(placeIn(cwd, { file }), String((error as Error).message))], { cause: error });
  }
}

/** Whether the file system refused something in `directory`, or did not say where. */
function isAbout(error: unknown, directory: string): boolean {
  if (!(error instanceof Error && 'syscall' in error)) return false;
  return !('path' in error) || String(error.path).startsWith(directory);
}
