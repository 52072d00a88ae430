/** Decides whether a new project may be written to a directory, before anything is asked or written. */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Problem } from '@cdkpipe/core';
import { directoryBlocked, directoryNotEmpty, directoryNotWritable } from '../problems/problems.ts';

/** What may lie in a directory that still counts as empty: a repository that was made first. */
const ignored = ['.git'];

export interface DirectoryCheck {
  readonly problems: readonly Problem[];
  /** Paths that exist and would be replaced. */
  readonly replaced: readonly string[];
}

/** @param paths paths of the project's files, relative to `directory` */
export function checkDirectory(directory: string, paths: readonly string[], force: boolean): DirectoryCheck {
  try {
    return lookInto(directory, paths, force);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problems: [directoryNotWritable(directory, reason)], replaced: [] };
  }
}

function lookInto(directory: string, paths: readonly string[], force: boolean): DirectoryCheck {
  const kind = kindOf(directory);
  if (kind === 'file') return { problems: [directoryBlocked(directory, 'a directory')], replaced: [] };
  if (kind === undefined) return { problems: [], replaced: [] };
  const found = readdirSync(directory, { withFileTypes: true }).filter(({ name }) => !ignored.includes(name));
  const blocked = paths.flatMap((path) => findBlocker(directory, path) ?? []);
  const replaced = paths.filter((path) => kindOf(join(directory, path)) === 'file');
  const names = found.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  const problems = found.length > 0 && !force ? [directoryNotEmpty(directory, names, replaced)] : [];
  return { problems: [...problems, ...blocked], replaced };
}

function findBlocker(directory: string, path: string): Problem | undefined {
  const parent = dirname(path);
  if (kindOf(join(directory, parent)) === 'file') return directoryBlocked(parent, 'a directory');
  return kindOf(join(directory, path)) === 'directory' ? directoryBlocked(path, 'a file') : undefined;
}

function kindOf(path: string): 'file' | 'directory' | undefined {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Below a file there is nothing, either.
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
