/** Removes what an unfinished command leaves behind when its process ends before it could tidy up. */
import { rmSync } from 'node:fs';

/** @returns what to call when the directory is gone, or is no longer temporary */
export function removeAtExit(directory: string): () => void {
  // Synchronous: nothing asynchronous runs any more when a process ends.
  const remove = (): void => {
    try {
      rmSync(directory, { recursive: true, force: true });
    } catch {
      // What cannot be removed stays; the exit code is about the command.
    }
  };
  process.once('exit', remove);
  return () => void process.off('exit', remove);
}
