/** A fresh directory inside the output directory, which takes its place when everything is done. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync, renameSync } from 'node:fs';
import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeDirectory } from '../files/make-directory.ts';
import { removeAtExit } from './remove-at-exit.ts';

export interface FreshDirectory extends AsyncDisposable {
  /** Where to write. */
  readonly path: string;
  /**
   * Puts the fresh directory in the place of the old one.
   *
   * @param beside puts something else in place in the same moment; where it throws, the old directory is back
   */
  swapIn(beside?: () => void): Promise<void>;
}

/**
 * The fresh directory is inside the old one, as authors leave `cdk.out` out of their assets by that name. It is removed,
 * as is what was made above it, when it is disposed without having been swapped in.
 */
export async function openFreshDirectory(target: string): Promise<FreshDirectory> {
  return openInside(target, replace);
}

/**
 * Writes into a directory that another program made and holds open, as the `cdk` CLI does for its apps: nothing is
 * moved there before everything is done.
 */
export async function openHeldDirectory(target: string): Promise<FreshDirectory> {
  return openInside(target, moveContents);
}

/** Whether an entry of an output directory is one of ours, of a process that is still running or was killed. */
export function isFreshDirectory(name: string): boolean {
  return freshName.test(name);
}

const freshName = /^\.cdkpipe-new-(\d+)-[0-9a-f]{8}$/;

type Swap = (fresh: string, target: string, beside: () => void) => Promise<void>;

async function openInside(target: string, swap: Swap): Promise<FreshDirectory> {
  const made = makeDirectory(target);
  const real = realpathSync(target);
  const path = join(real, `.cdkpipe-new-${process.pid}-${randomBytes(4).toString('hex')}`);
  mkdirSync(path);
  const end = made === undefined ? real : realpathSync(dirname(made));
  const keep = removeAtExit(path, end);
  return {
    path,
    swapIn: async (beside = () => {}) => {
      await swap(path, real, beside);
      keep();
    },
    [Symbol.asyncDispose]: async () => {
      // Somebody may still be writing into it, which must not hide why it is removed.
      await rm(path, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
      keep();
      if (made !== undefined) await removeEmpty(real, end);
    },
  };
}

/**
 * Renames whole directories, so that the old assembly or the new one is there, and never a part of each. Synchronous, so
 * that no signal ends the process while neither is in place.
 */
async function replace(fresh: string, target: string, beside: () => void): Promise<void> {
  const sibling = (what: string) => join(dirname(target), `.${basename(target)}.${what}-${basename(fresh).slice(-8)}`);
  const [incoming, old] = [sibling('new'), sibling('old')];
  try {
    renameSync(fresh, incoming);
  } catch (error) {
    if (!isMountPoint(error)) throw error;
    return moveContents(fresh, target, beside);
  }
  try {
    renameSync(target, old);
  } catch (error) {
    renameSync(incoming, fresh);
    throw error;
  }
  try {
    renameSync(incoming, target);
  } catch (error) {
    renameSync(old, target);
    renameSync(incoming, fresh);
    throw error;
  }
  try {
    beside();
  } catch (error) {
    renameSync(target, incoming);
    renameSync(old, target);
    renameSync(incoming, fresh);
    throw error;
  }
  await keepOthers(old, target);
  await rm(old, { recursive: true, force: true });
}

/** Where the directory itself cannot be renamed, its entries are replaced one by one. */
async function moveContents(fresh: string, target: string, beside: () => void): Promise<void> {
  beside();
  for (const name of await readdir(fresh)) {
    await rm(join(target, name), { recursive: true, force: true });
    await rename(join(fresh, name), join(target, name));
  }
  await rm(fresh, { recursive: true, force: true });
}

/** Another process may be writing its own assembly into the directory that was just replaced. */
async function keepOthers(old: string, target: string): Promise<void> {
  for (const name of await readdir(old)) {
    const pid = Number(freshName.exec(name)?.[1] ?? 0);
    if (pid > 0 && isRunning(pid)) await rename(join(old, name), join(target, name));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What is beside a mounted directory is on another file system. */
function isMountPoint(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EXDEV';
}

/** Removes empty directories from `directory` upward, up to and without `end`. */
async function removeEmpty(directory: string, end: string): Promise<void> {
  for (let at = directory; at !== end && existsSync(at); at = dirname(at)) {
    if ((await readdir(at)).length > 0) return;
    await rmdir(at);
  }
}
