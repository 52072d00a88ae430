/** Writes a file as a whole or not at all: beside its place, then renamed. */
import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { refused } from '@cdkpipe/core';
import { fileNotWritten } from '../problems/problems.ts';

/**
 * @param flag that named the file
 * @param mode of the file; by default what the user's mask leaves of 0666
 * @throws CdkpipeError (`source: 'user'`) when the system refuses; nothing is left behind
 */
export function writeBeside(flag: string, file: string, text: string, mode = 0o666): void {
  const beside = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(beside, text, { mode, flag: 'wx' });
    renameSync(beside, file);
  } catch (cause) {
    try {
      rmSync(beside, { force: true });
    } catch {
      // Where nothing can be written, nothing is left behind either.
    }
    throw refused([fileNotWritten(flag, file, cause instanceof Error ? cause.message : String(cause))], { cause });
  }
}
