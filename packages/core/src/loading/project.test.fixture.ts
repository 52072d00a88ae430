/** A project in a directory of its own, with the real CDK, for tests that load definitions. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { isCdkpipeError } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';

const require = createRequire(import.meta.url);
const packages = {
  'aws-cdk-lib': dirname(require.resolve('aws-cdk-lib/package.json')),
  constructs: dirname(require.resolve('constructs/package.json')),
  '@cdkpipe/core': join(import.meta.dirname, '../..'),
};

/** Writes the files by their path and gives the directory, which is gone after the test. */
export function makeProject(files: Readonly<Record<string, string>>, options: { cdk?: boolean } = {}): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-project-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  writeFiles(directory, files);
  if (options.cdk !== false) {
    mkdirSync(join(directory, 'node_modules/@cdkpipe'), { recursive: true });
    for (const [name, target] of Object.entries(packages)) symlinkSync(target, join(directory, 'node_modules', name));
  }
  return directory;
}

export function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

/** The one problem that `work` is refused with. */
export async function refusalOf(work: () => unknown): Promise<Problem & { readonly cause: unknown }> {
  try {
    await work();
  } catch (error) {
    if (!isCdkpipeError(error) || error.problems.length !== 1) throw error;
    return { ...error.problems[0], cause: error.cause };
  }
  throw new Error('nothing was refused');
}
