/** Says whether a directory belongs to this user alone, so that what lies in it can be run and believed. */
import { lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectory } from './make-directory.ts';

/** Readable and writable by the user alone. */
export const privateMode = 0o700;

const writableByGroup = 0o020;
const writableByAll = 0o002;
const sticky = 0o1000;

/**
 * Makes the directory where it is missing, with mode 0700.
 *
 * @param user ID of the user who runs this process; undefined on Windows, where a profile is private by its access list
 * @returns why somebody else could have written what is in it, or could exchange it; undefined where nobody could
 * @throws the error of the system where it cannot be made or looked at
 */
export function findStrangersIn(directory: string, user = process.getuid?.()): string | undefined {
  makeDirectory(directory, privateMode);
  if (user === undefined) return undefined;
  const path = realpathSync(directory);
  const inside = readdirSync(path).map((name) => join(path, name));
  return (
    firstOf([path, ...inside], (at) => openTo(at, user)) ?? firstOf(parentsOf(path), (at) => exchangeable(at, user))
  );
}

/** Other users who could have written to `path`. */
function openTo(path: string, user: number): string | undefined {
  const { uid, mode } = lstatSync(path);
  if (uid !== user) return `${path} belongs to user ${uid}, not to user ${user} who runs this`;
  if (mode & (writableByGroup | writableByAll)) return `${path} can be written by other users (mode ${shown(mode)})`;
  return undefined;
}

/** Other users who could rename what is in `path`. Root can do anything anyway. */
function exchangeable(path: string, user: number): string | undefined {
  const { uid, mode }: Stats = lstatSync(path);
  if (uid !== user && uid !== 0) return `${path}, which it is in, belongs to user ${uid}`;
  // In a sticky directory such as /tmp, only the owner may rename.
  if (mode & writableByAll && !(mode & sticky))
    return `${path}, which it is in, can be written by all (mode ${shown(mode)})`;
  return undefined;
}

function parentsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...parentsOf(parent)];
}

function firstOf(paths: readonly string[], find: (path: string) => string | undefined): string | undefined {
  for (const path of paths) {
    const found = find(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function shown(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}
