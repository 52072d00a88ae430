/** The seal of a cloud assembly: a digest of every file, made when the run is planned and checked before each use. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refused } from '@cdkpipe/core';
import { digestOf } from '@cdkpipe/deployer-cloudformation';
import * as words from '../problems/problems.ts';
import type { RunPaths } from './paths.ts';

/** By path relative to the assembly, with `/`: `file MODE SHA256` or `link TARGET`. */
export type Seal = Readonly<Record<string, string>>;

export interface SealedAssembly {
  readonly directory: string;
  readonly seal: Seal;
}

export const digestSeal = (seal: Seal): string => digestOf(seal);

/**
 * Moves what the build has made to a place that no step is given, and seals it. A step gets copies.
 *
 * @throws CdkpipeError `ASSET_OUTSIDE` where it holds a link to a file that the seal cannot cover
 */
export async function sealAssembly({ assembly, sealed }: RunPaths): Promise<SealedAssembly> {
  if (existsSync(assembly)) {
    await rm(sealed, { recursive: true, force: true });
    await rename(assembly, sealed);
  }
  // The publisher would take archives from here for assets that it has packed before.
  await rm(join(sealed, '.cache'), { recursive: true, force: true });
  const seal = await computeSeal(sealed);
  for (const [path, entry] of Object.entries(seal))
    if (entry.startsWith('file ')) await chmod(join(sealed, path), modeOf(entry) & 0o555);
  return { directory: sealed, seal };
}

/** Files that a plan, a change set or a review is made from: all but the content of assets. */
export function isDescription(path: string): boolean {
  return !path.split('/').some((part) => part.startsWith('asset.'));
}

/** @throws CdkpipeError `ASSEMBLY_CHANGED` naming the first file that is not what was sealed */
export async function verifySeal(
  { directory, seal }: SealedAssembly,
  isWanted: (path: string) => boolean = isDescription,
): Promise<void> {
  for (const [path, entry] of Object.entries(seal)) {
    if (!isWanted(path)) continue;
    if (!isSame(await entryOf(directory, path), entry)) throw refused([words.assemblyChanged(path)]);
  }
}

/** The same of every file, and there is none that was added. */
export async function verifyWhole(sealed: SealedAssembly): Promise<void> {
  await verifySeal(sealed, () => true);
  const added = (await listFiles(sealed.directory)).find((path) => sealed.seal[path] === undefined);
  if (added !== undefined) throw refused([words.assemblyChanged(added)]);
}

/**
 * Copies sealed files, with the mode that they had, and holds against the seal what is written, not what is there.
 *
 * @throws CdkpipeError `ASSEMBLY_CHANGED`
 */
export async function copySealed(
  { directory, seal }: SealedAssembly,
  target: string,
  isWanted: (path: string) => boolean = () => true,
): Promise<void> {
  for (const [path, entry] of Object.entries(seal)) {
    if (!isWanted(path)) continue;
    const to = join(target, path);
    await mkdir(dirname(to), { recursive: true });
    if (entry.startsWith('link ')) await symlink(entry.slice('link '.length), to);
    else if (!isSame(`file 0 ${await copyFile(join(directory, path), to)}`, entry))
      throw refused([words.assemblyChanged(path)]);
    else await chmod(to, modeOf(entry) | 0o600);
  }
}

async function computeSeal(directory: string): Promise<Seal> {
  const seal: Record<string, string> = {};
  for (const path of (await listFiles(directory)).sort()) {
    const entry = (await entryOf(directory, path)) ?? '';
    if (entry.startsWith('link ')) refuseOutside(directory, path, entry.slice('link '.length));
    seal[path] = entry;
  }
  return seal;
}

function refuseOutside(directory: string, path: string, target: string): void {
  const place = resolve(dirname(join(directory, path)), target);
  if (place !== directory && !place.startsWith(`${directory}/`) && existsSync(place))
    throw refused([words.assetOutside(path, target)]);
}

async function listFiles(directory: string, under = ''): Promise<string[]> {
  const entries = await readdir(join(directory, under), { withFileTypes: true });
  const paths = entries.map((entry) => ({ path: under === '' ? entry.name : `${under}/${entry.name}`, entry }));
  const listed = paths.map(({ path, entry }) => (entry.isDirectory() ? listFiles(directory, path) : [path]));
  return (await Promise.all(listed)).flat();
}

/** Undefined where there is neither a file nor a link. */
async function entryOf(directory: string, path: string): Promise<string | undefined> {
  const place = join(directory, path);
  try {
    const stat = await lstat(place);
    if (stat.isSymbolicLink()) return `link ${await readlink(place)}`;
    if (stat.isFile()) return `file ${(stat.mode & 0o777).toString(8)} ${await hashFile(place)}`;
    return undefined;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}

/** The mode of a sealed file is not that of the original, as nobody is to write it. */
function isSame(found: string | undefined, sealed: string): boolean {
  if (found === undefined || !sealed.startsWith('file ')) return found === sealed;
  return found.startsWith('file ') && found.split(' ')[2] === sealed.split(' ')[2];
}

function modeOf(entry: string): number {
  return Number.parseInt(entry.split(' ')[1] ?? '', 8);
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** @returns SHA-256 of what was copied */
async function copyFile(from: string, to: string): Promise<string> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(from), hashing, createWriteStream(to, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return '';
  }
  return hash.digest('hex');
}
