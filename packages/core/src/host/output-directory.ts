/** A fresh directory beside the old one, swapped in when everything is done. */
import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeDirectory } from '../files/make-directory.ts';

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
  return {
    path,
    swapIn: async () => {
      const old = beside('old');
      const hadOld = await moved(target, old);
      try {
        await rename(path, target);
      } catch (error) {
        if (hadOld) await rename(old, target);
        throw error;
      }
      await rm(old, { recursive: true, force: true });
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
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

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
