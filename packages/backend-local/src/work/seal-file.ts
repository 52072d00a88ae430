/** The seal of a run on disk: the journal holds its digest, so it cannot be changed along with the assembly. */
import { readFileSync, writeFileSync } from 'node:fs';
import { refused } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';
import type { RunPaths } from './paths.ts';
import { digestSeal, type Seal, type SealedAssembly, verifyWhole } from './seal.ts';

export function writeSeal({ seal: file }: RunPaths, seal: Seal): void {
  writeFileSync(file, JSON.stringify(seal), { mode: 0o600 });
}

/**
 * The assembly of a run that was planned before, every file held against its seal.
 *
 * @param digest of the seal, from the journal; absent in runs of older versions
 * @throws CdkpipeError `ASSEMBLY_CHANGED`
 */
export async function openSealed(paths: RunPaths, digest: string | undefined): Promise<SealedAssembly> {
  const seal = readSeal(paths.seal);
  if (seal === undefined || digest === undefined || digestSeal(seal) !== digest)
    throw refused([words.assemblyChanged('its seal')]);
  const sealed = { directory: paths.sealed, seal };
  await verifyWhole(sealed);
  return sealed;
}

function readSeal(file: string): Seal | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Seal;
  } catch {
    return undefined;
  }
}
