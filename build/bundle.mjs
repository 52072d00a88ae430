/**
 * Bundles the entries of one package into `dist`, as loading some hundred small modules would take as long as the work.
 *
 * node ../../build/bundle.mjs [--chunks DIR] [--inline PACKAGE] [--alone NAME=FILE] [--preload NAME=FILE] [--program NAME=FILE] NAME=FILE… NAME=DIR/… FILE.mjs…
 *
 * `NAME=FILE` becomes `dist/NAME.js`, sharing code with the other entries in chunks; `NAME=DIR/` stands for every
 * source below DIR; a bare `.mjs` file is copied.
 * Dependencies stay outside, but for those given with `--inline`, with what they import: a package that Node.js cannot load
 * as it is published. What is given with `--alone` becomes one file `dist/NAME.mjs` with everything in it but the
 * AWS SDK: the code of a Lambda function, whose runtime brings that along. What is given with `--preload` becomes one
 * CommonJS file `dist/NAME.cjs` without dependencies, for `node --require`. What is given with `--program` becomes one file
 * `dist/NAME.mjs` with everything in it, the AWS SDK too, for machines that have nothing but Node.js. Types come from `tsc --build`, which runs first.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    chunks: { type: 'string', default: '.' },
    inline: { type: 'string', multiple: true, default: [] },
    alone: { type: 'string', multiple: true, default: [] },
    preload: { type: 'string', multiple: true, default: [] },
    program: { type: 'string', multiple: true, default: [] },
  },
});
const copied = positionals.filter((argument) => !argument.includes('='));
const entries = positionals
  .filter((argument) => argument.includes('='))
  .flatMap((argument) => entriesOf(...argument.split('=')));

function entriesOf(name, source) {
  if (!source.endsWith('/')) return [[name, source]];
  return readdirSync(source, { recursive: true })
    .filter((file) => /(?<!\.test|\.test\.fixture)\.ts$/.test(file))
    .map((file) => [join(name, file.replace(/\.ts$/, '')), join(source, file)]);
}

const { dependencies: declared = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const dependencies = Object.keys(declared);
const isOf = (path, name) => path === name || path.startsWith(`${name}/`);

/** Resolves what is inlined itself, as `packages: 'external'` leaves every package outside; what is installed anyway stays there. */
const inline = {
  name: 'inline',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || isBuiltin(path) || dependencies.some((name) => isOf(path, name))) return undefined;
      const isInlined = values.inline.some((name) => isOf(path, name));
      if (!isInlined && !importer.includes('node_modules')) return undefined;
      return { path: fileURLToPath(import.meta.resolve(path, pathToFileURL(importer))) };
    });
  },
};

mkdirSync('dist', { recursive: true });
const { metafile } = await build({
  entryPoints: Object.fromEntries(entries),
  outdir: 'dist',
  chunkNames: join(values.chunks, '[name]-[hash]'),
  bundle: true,
  splitting: true,
  packages: 'external',
  plugins: values.inline.length === 0 ? [] : [inline],
  // What a check of plugin-lambda-approval is given when it is bundled for its function.
  external: ['cdkpipe:*'],
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
});

const alone = await Promise.all(
  values.alone.map((argument) =>
    build({
      entryPoints: Object.fromEntries([argument.split('=')]),
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      bundle: true,
      external: ['@aws-sdk/*'],
      format: 'esm',
      platform: 'node',
      target: 'node22',
      legalComments: 'none',
      metafile: true,
      logLevel: 'warning',
    }),
  ),
);
const programs = await Promise.all(
  values.program.map((argument) =>
    build({
      entryPoints: Object.fromEntries([argument.split('=')]),
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      // What is CommonJS in it asks for modules of Node.js in its own way.
      banner: {
        js: "import { createRequire as cdkpipeRequire } from 'node:module'; const require = cdkpipeRequire(import.meta.url);",
      },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.19',
      legalComments: 'none',
      metafile: true,
      logLevel: 'warning',
    }),
  ),
);
await Promise.all(
  values.preload.map((argument) =>
    build({
      entryPoints: Object.fromEntries([argument.split('=')]),
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20.19',
      logLevel: 'warning',
    }),
  ),
);
for (const file of copied) copyFileSync(file, join('dist', basename(file)));

// Chunks of earlier builds have other names and would be published with the rest.
const outputs = [metafile, ...[...alone, ...programs].map((each) => each.metafile)].flatMap((each) =>
  Object.keys(each.outputs),
);
const made = new Set([...outputs, ...copied.map((file) => `dist/${basename(file)}`)]);
for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name).replaceAll('\\', '/');
  if (entry.isFile() && /\.m?js(\.map)?$/.test(file) && !made.has(file)) rmSync(file);
}
