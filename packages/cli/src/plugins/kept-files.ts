/** Keeps the bytes of files, so that an install that fails leaves them as they were. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

export interface KeptFiles {
  /** Puts everything back. Synchronous, as the process may be about to end; it does no harm to do it twice. */
  restore(): void;
}

/** @param files absolute paths; one that does not exist is removed again */
export function keepFiles(files: readonly string[]): KeptFiles {
  const contents = new Map([...new Set(files)].map((file) => [file, readIfThere(file)]));
  return {
    restore: () => {
      for (const [file, content] of contents) {
        const now = readIfThere(file);
        if (content === undefined) rmSync(file, { force: true });
        else if (now === undefined || !content.equals(now)) writeFileSync(file, content);
      }
    },
  };
}

/**
 * Runs `work`; when it throws, or the process ends while it is under way, the files are as before.
 */
export async function orAsBefore<T>(files: readonly string[], work: () => Promise<T>): Promise<T> {
  const kept = keepFiles(files);
  process.once('exit', kept.restore);
  try {
    return await work();
  } catch (error) {
    kept.restore();
    throw error;
  } finally {
    process.off('exit', kept.restore);
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
