/** Removes what an unfinished command leaves behind when its process ends before it could tidy up. */
import { rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * @param end where directories above that are empty then are kept again; by default each is kept
 * @returns what to call when the directory is gone, or is no longer temporary
 */
export function removeAtExit(directory: string, end: string = dirname(directory)): () => void {
  // Synchronous: nothing asynchronous runs any more when a process ends.
  const remove = (): void => {
    try {
      rmSync(directory, { recursive: true, force: true });
      for (let at = dirname(directory); at !== end; at = dirname(at)) rmdirSync(at);
    } catch {
      // What cannot be removed, or is not empty, stays; the exit code is about the command.
    }
  };
  process.once('exit', remove);
  return () => void process.off('exit', remove);
}
