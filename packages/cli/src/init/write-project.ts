/** Puts the files of a new project in place: all of them, or none. */
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { refused } from '@cdkpipe/core';
import { makeDirectory } from '@cdkpipe/core/host';
import { directoryNotWritable } from '../problems/problems.ts';

/**
 * Files are written beside their places first and then moved; when a move fails, everything is put back.
 *
 * @throws CdkpipeError (`source: 'user'`) when the directory cannot be written; it is as it was then
 */
export async function writeProject(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    makeUndoably(directory, undo);
    const staging = await mkdtemp(join(directory, '.cdkpipe-init-'));
    undo.push(() => rm(staging, { recursive: true, force: true }));
    for (const [path, content] of files) {
      await mkdir(dirname(join(staging, 'new', path)), { recursive: true });
      await writeFile(join(staging, 'new', path), content);
    }
    for (const path of files.keys()) await place(path, { directory, staging, undo });
    await rm(staging, { recursive: true, force: true });
  } catch (cause) {
    for (const step of undo.reverse()) await step();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refused([directoryNotWritable(directory, reason)], { cause });
  }
}

interface Move {
  readonly directory: string;
  readonly staging: string;
  readonly undo: (() => Promise<unknown>)[];
}

async function place(path: string, { directory, staging, undo }: Move): Promise<void> {
  const target = join(directory, path);
  const old = join(staging, 'old', path);
  makeUndoably(dirname(target), undo);
  await mkdir(dirname(old), { recursive: true });
  const hadOld = await movedIfThere(target, old);
  if (hadOld) undo.push(() => rename(old, target));
  await rename(join(staging, 'new', path), target);
  undo.push(() => rm(target, { force: true }));
}

function makeUndoably(directory: string, undo: Move['undo']): void {
  const made = makeDirectory(directory);
  if (made !== undefined) undo.push(() => rm(made, { recursive: true, force: true }));
}

async function movedIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
