/** Decides where a definition is looked for: in the project, and never outside of it. */
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceOf } from './source-root.ts';

/**
 * `cwd` and the directories above it up to the project's root, nearest first. The root is the workspace of a build, where
 * this process is a part of one; else the directory that holds `.git`; without one the outermost that holds a
 * `package.json`; without either `cwd` itself. A file further up may be somebody else's, and loading it would run their code.
 */
export function searchDirectories(cwd: string, home = homedir(), env = process.env): string[] {
  const directories = upwards(cwd, home);
  const workspace = workspaceOf(cwd, env);
  const top = directories.findIndex((directory) => existsSync(directory) && realpathSync(directory) === workspace);
  if (top >= 0) return directories.slice(0, top + 1);
  const repository = directories.findIndex((directory) => existsSync(join(directory, '.git')));
  if (repository >= 0) return directories.slice(0, repository + 1);
  const outermost = directories.findLastIndex((directory) => existsSync(join(directory, 'package.json')));
  return directories.slice(0, Math.max(outermost, 0) + 1);
}

function upwards(from: string, home: string): string[] {
  const parent = dirname(from);
  return parent === from || from === home ? [from] : [from, ...upwards(parent, home)];
}
