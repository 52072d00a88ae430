/** The files of runs that are over: how much they take, and how they are removed. */
import type { Stats } from 'node:fs';
import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunPaths } from '../work/paths.ts';

/** What nothing reads once a run has ended: a rollback and its report need `sealed`, `before` and `logs` only. */
export function workingDirectories(paths: RunPaths): string[] {
  const made = [paths.source, paths.additional, paths.build, paths.assembly, paths.outputs, paths.scratch];
  // A copy that was interrupted is left under the other name.
  return made.flatMap((directory) => [directory, `${directory}.new`]);
}

/** @returns bytes on the disk, 0 where there is nothing */
export async function sizeOf(path: string): Promise<number> {
  const found = await find(path);
  if (!found) return 0;
  const own = found.blocks * 512;
  if (!found.isDirectory()) return own;
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, own);
}

/** Removes a file or a directory, if there is one. */
export async function removeTree(path: string): Promise<void> {
  const remove = () => rm(path, { recursive: true, force: true });
  try {
    await remove();
  } catch (error) {
    if (!['EACCES', 'EPERM', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // Some tools make directories that nobody may write, such as the module cache of Go.
    await openDirectories(path);
    await remove();
  }
}

async function openDirectories(path: string): Promise<void> {
  if (!(await find(path))?.isDirectory()) return;
  await chmod(path, 0o700);
  for (const name of await readdir(path)) await openDirectories(join(path, name));
}

async function find(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
