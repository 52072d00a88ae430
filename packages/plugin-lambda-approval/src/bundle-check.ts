/** Bundles an author's file with what calls it. */
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Problem, refused } from '@cdkpipe/core';
import type { BuildFailure, BuildOptions, Plugin } from 'esbuild';
import { type HandlerPath, readHandlerPath } from './handler-path.ts';
import { handlerExportMissing, handlerMissing, handlerNotBundled, packageHandlerMissing } from './problems.ts';

/** What calls the author's function: in AWS for a job of CodePipeline, or here in a process. */
const entryOf = (name: 'lambda-entry' | 'local-entry') =>
  fileURLToPath(new URL(`./runtime/${name}${extname(import.meta.url)}`, import.meta.url));
const checkModule = 'cdkpipe:check';

// CommonJS dependencies expect these; a module does not have them.
const banner = [
  "import { createRequire as cdkpipeRequire } from 'node:module';",
  'const require = cdkpipeRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
].join('\n');

/**
 * One ES module, the same bytes wherever the project lies.
 *
 * @param path of the option in the definition, for problems
 * @throws CdkpipeError with the place of each fault in the author's file
 */
export function bundleCheck(handler: string, projectDirectory: string, path: string): Promise<Uint8Array> {
  return bundle(entryOf('lambda-entry'), handler, projectDirectory, path);
}

/** The same for a process of this machine. */
export function bundleForThisMachine(handler: string, projectDirectory: string, path: string): Promise<Uint8Array> {
  return bundle(entryOf('local-entry'), handler, projectDirectory, path);
}

async function bundle(entry: string, handler: string, projectDirectory: string, path: string): Promise<Uint8Array> {
  const { file, from, exportName } = readHandlerPath(handler);
  if (from === 'project' && !existsSync(join(projectDirectory, file))) throw refused([handlerMissing(path, file)]);
  try {
    const { outputFiles, warnings } = await buildToTheEnd({
      absWorkingDir: projectDirectory,
      entryPoints: [entry],
      outfile: 'index.mjs',
      write: false,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      external: ['@aws-sdk/*', '@smithy/*'],
      // Names and comments of modules would hold paths; function names stay, for stack traces.
      minify: true,
      keepNames: true,
      legalComments: 'none',
      charset: 'utf8',
      banner: { js: banner },
      plugins: [provideCheck(readHandlerPath(handler), projectDirectory)],
      logLevel: 'silent',
    });
    // A file without any export may be CommonJS, which could still set one: only a warning to esbuild.
    if (warnings.some(({ id, location }) => id === 'import-is-undefined' && location?.file.startsWith('cdkpipe:')))
      throw refused([handlerExportMissing(path, file, exportName)]);
    return outputFiles[0]?.contents ?? new Uint8Array();
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const toProblem = ({ text, location }: BuildFailure['errors'][number]): Problem => {
      if (location?.file.startsWith('cdkpipe:') && from === 'package' && text.startsWith('Could not resolve'))
        return packageHandlerMissing(path, file);
      if (location?.file.startsWith('cdkpipe:')) return handlerExportMissing(path, file, exportName);
      const place = location ? `${location.file}:${location.line}:${location.column + 1}` : undefined;
      return handlerNotBundled(path, text, place);
    };
    throw refused(error.errors.map(toProblem), { cause: error });
  }
}

/** A Ctrl-C on a terminal ends esbuild's process as well, while what runs may end: a new one takes over. */
async function buildToTheEnd(options: BuildOptions & { readonly write: false }) {
  const { build, stop } = await import('esbuild');
  try {
    return await build(options);
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('The service '))) throw error;
    // Only that makes it forget the process that is gone.
    await stop();
    return build(options);
  }
}

function provideCheck({ file, from, exportName }: HandlerPath, resolveDir: string): Plugin {
  const specifier = JSON.stringify(from === 'package' || file.startsWith('.') ? file : `./${file}`);
  return {
    name: 'cdkpipe',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${checkModule}$`) }, ({ path }) => ({ path, namespace: 'cdkpipe' }));
      onLoad({ filter: /.*/, namespace: 'cdkpipe' }, () => ({
        contents: `export { ${exportName} as default } from ${specifier};`,
        resolveDir,
      }));
    },
  };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors) && error.errors.length > 0;
}
