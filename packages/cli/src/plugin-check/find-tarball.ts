/** Finds the tarball to check: the one that is named, or what npm would publish of a directory. */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { refused } from '@cdkpipe/core';
import { runManager } from '../package-manager/run-manager.ts';
import { nothingToCheck } from './problems.ts';

/**
 * @param scratch directory where a new tarball may lie
 * @throws CdkpipeError (`source: 'user'`) where there is no package
 */
export async function findTarball(path: string, scratch: string, signal: AbortSignal): Promise<string> {
  const at = resolve(path);
  if (!existsSync(at)) throw refused([nothingToCheck(path, 'does not exist')]);
  if (!statSync(at).isDirectory()) return at;
  if (!existsSync(join(at, 'package.json'))) throw refused([nothingToCheck(path, 'has no package.json')]);
  const packed = join(scratch, 'packed');
  mkdirSync(packed);
  await runManager({ command: 'npm', args: ['pack', '--silent', '--pack-destination', packed] }, at, signal);
  const [tarball] = readdirSync(packed);
  if (tarball === undefined) throw refused([nothingToCheck(path, 'gave no tarball')]);
  return join(packed, tarball);
}
