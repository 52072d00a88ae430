/** Seals what the cache of findings says, so that a damaged, copied or planted entry cannot hide an error. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../files/make-directory.ts';
import { privateMode } from '../files/private-directory.ts';
import type { RuleFinding } from './template-finding.ts';

export interface Seal {
  /** @param key of the entry that holds the findings, which cannot be moved to another */
  of(key: string, findings: readonly RuleFinding[]): string;
  fits(key: string, findings: readonly RuleFinding[], seal: string): boolean;
}

const keyBytes = 32;

/**
 * The secret is made once per cache and never leaves it: an entry from another machine, or from a cache that was
 * restored in parts, does not fit.
 *
 * @param directory of the cache; without one, or where nothing can be written, the secret is this process's own
 * @param checker names validator and rules
 */
export function openSeal(directory: string | undefined, checker: string): Seal {
  const secret = (directory === undefined ? undefined : secretIn(directory)) ?? randomBytes(keyBytes);
  const digest = (key: string, findings: readonly RuleFinding[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([checker, key, findings]))
      .digest();
  return {
    of: (key, findings) => digest(key, findings).toString('base64url'),
    fits: (key, findings, seal) => {
      const wanted = digest(key, findings);
      const given = Buffer.from(seal, 'base64url');
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}

function secretIn(directory: string): Buffer | undefined {
  const file = join(directory, 'seal.key');
  const known = readSecret(file);
  if (known) return known;
  const beside = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    makeDirectory(directory, privateMode);
    writeFileSync(beside, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' });
    // Of two processes that begin at once, the entries of one are checked again by the next run.
    renameSync(beside, file);
  } catch {
    // A cache that cannot be written is a cache that is not there.
    if (existsSync(beside)) rmSync(beside);
    return undefined;
  }
  return readSecret(file);
}

function readSecret(file: string): Buffer | undefined {
  try {
    const secret = readFileSync(file);
    return secret.length === keyBytes ? secret : undefined;
  } catch {
    return undefined;
  }
}
