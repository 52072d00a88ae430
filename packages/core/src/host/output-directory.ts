/** A fresh directory beside the old one, swapped in when everything is done. */
import { randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeDirectory } from '../files/make-directory.ts';
import { removeAtExit } from './remove-at-exit.ts';

export interface FreshDirectory extends AsyncDisposable {
  /** Where to write. */
  readonly path: string;
  /** Puts the fresh directory in the place of the old one. */
  swapIn(): Promise<void>;
}

/** The directory is removed when it is disposed without having been swapped in. */
export async function openFreshDirectory(target: string): Promise<FreshDirectory> {
  const suffix = randomBytes(4).toString('hex');
  const beside = (what: string) => join(dirname(target), `.${basename(target)}.${what}-${suffix}`);
  const path = beside('new');
  makeDirectory(path);
  const keep = removeAtExit(path);
  return {
    path,
    swapIn: async () => {
      const old = beside('old');
      // Synchronous, so that no signal ends the process while neither is in place.
      const hadOld = moved(target, old);
      try {
        renameSync(path, target);
      } catch (error) {
        if (hadOld) renameSync(old, target);
        throw error;
      }
      keep();
      await rm(old, { recursive: true, force: true });
    },
    [Symbol.asyncDispose]: async () => {
      await rm(path, { recursive: true, force: true });
      keep();
    },
  };
}

/**
 * Writes into a directory that somebody else made and holds open, as the `cdk` CLI does for its apps: nothing is
 * put there before everything is done.
 */
export async function openHeldDirectory(target: string): Promise<FreshDirectory> {
  const fresh = await openFreshDirectory(target);
  return {
    ...fresh,
    swapIn: async () => {
      makeDirectory(target);
      for (const name of await readdir(fresh.path)) {
        await rm(join(target, name), { recursive: true, force: true });
        await rename(join(fresh.path, name), join(target, name));
      }
      await rm(fresh.path, { recursive: true, force: true });
    },
  };
}

function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
