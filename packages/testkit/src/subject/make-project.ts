/** Makes an empty project that has a plugin and what it needs: links, so that no network is needed. */
import { existsSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackage } from '@cdkpipe/core/host';

const here = dirname(fileURLToPath(import.meta.url));

/** What every project of cdkpipe has. */
const always = ['aws-cdk-lib', 'constructs', '@cdkpipe/core'];

/** Made in a new directory below that for temporary files. */
export function makeProject(name: string, directory: string, needs: readonly string[]): string {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-check-')));
  writeFileSync(join(project, 'package.json'), `${JSON.stringify({ private: true, type: 'module' })}\n`);
  link(project, name, directory);
  for (const need of new Set([...always, ...needs])) {
    const found = findPackage(need, directory) ?? findPackage(need, here);
    if (found) link(project, need, found.directory);
  }
  return project;
}

function link(project: string, name: string, to: string): void {
  const at = join(project, 'node_modules', name);
  if (existsSync(at)) return;
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(realpathSync(to), at, 'junction');
}
