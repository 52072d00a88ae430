/** A third backend needs no change of core, the command or the testkit: they name the two that are there in one place each. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';

const packages = join(import.meta.dirname, '../..');
const homes = [
  'cli/src/backends/built-in-backends.ts',
  'testkit/src/trial/tried-backends.ts',
  // Carries over what CDK Pipelines makes, which is a pipeline of CodePipeline.
  /^cli\/src\/migrate\//,
  // Lets authors of plugins test their renderers for these two.
  /^testkit\/src\/harness\//,
];

const sources = ['core', 'cli', 'testkit'].flatMap((name) =>
  readdirSync(join(packages, name, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test|\.test\.fixture)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(packages.length + 1)),
);

const isHome = (file: string) =>
  homes.some((home) => (typeof home === 'string' ? file === home : home.test(file.replaceAll(sep, '/'))));

test('no other file imports a backend, or spells the name of one', () => {
  const named = sources.filter((file) => {
    // Examples in comments may name one.
    const text = readFileSync(join(packages, file), 'utf8').replace(/^ *\*.*$/gm, '');
    const imports = /import\('@cdkpipe\/backend-[a-z]+'\)|import (?!type )[^;]*from '@cdkpipe\/backend-[a-z]+'/;
    return imports.test(text) || text.includes("'codepipeline'") || /backend(: | === )'local'/.test(text);
  });
  expect(named.filter((file) => !isHome(file))).toEqual([]);
});
