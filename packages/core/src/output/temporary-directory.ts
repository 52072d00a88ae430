/** A directory that takes the place of none, and is removed when it is disposed, or when the process ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAtExit } from './remove-at-exit.ts';

export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string;
}

/** @param what one word for its name */
export async function openTemporaryDirectory(what: string): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), `cdkpipe-${what}-`));
  const keep = removeAtExit(path);
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await rm(path, { recursive: true, force: true });
      keep();
    },
  };
}
