/** Files of the project that a backend makes: they replace only what cdkpipe wrote, and only together with the cloud assembly. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { projectFileForeign, projectFileOutside } from '../errors/catalogue/output.ts';
import type { Problem } from '../errors/problem.ts';
import { makeDirectory } from '../files/make-directory.ts';
import { listFiles } from './list-files.ts';

/** The files that wait in a directory, and where they belong. */
export interface ProjectFiles {
  /** Directory that holds the files and no others, each under its path. */
  readonly staged: string;
  /** Root of the source. */
  readonly root: string;
  /** What a file holds that this definition made before. */
  readonly mark: string;
}

/** What stands in the way of the files: one that somebody else wrote, or a directory that leads elsewhere. */
export async function checkProjectFiles({ staged, root, mark }: ProjectFiles): Promise<Problem[]> {
  return (await listFiles(staged)).flatMap((path) => {
    const target = join(root, path);
    if (!isBelow(root, target)) return [projectFileOutside(path)];
    const found = lstatSync(target, { throwIfNoEntry: false });
    return found === undefined || (found.isFile() && readFileSync(target).includes(mark))
      ? []
      : [projectFileForeign(path)];
  });
}

/** Files that this definition made before, beside those that it makes now: they go on doing what they did. */
export async function findLeftFiles({ staged, root, mark }: ProjectFiles): Promise<string[]> {
  const files = await listFiles(staged);
  const directories = [...new Set(files.map((path) => dirname(path)))].filter((path) => existsSync(join(root, path)));
  return directories.flatMap((directory) =>
    readdirSync(join(root, directory), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !files.includes(pathOf(directory, entry.name)))
      .map(({ name }) => pathOf(directory, name))
      .filter((path) => readFileSync(join(root, path)).includes(mark)),
  );
}

/** Files that are written beside those that they will replace. */
export interface Replacement extends Disposable {
  /** Puts all of them in place; where one fails, all are as they were. */
  swapIn(): void;
}

/**
 * Writes the files that differ beside the old ones, so that nothing but renaming can fail later. Disposing removes what is left:
 * the new files where they were not swapped in, else the old ones.
 *
 * @throws the error of the system; nothing has changed then
 */
export async function prepareProjectFiles({ staged, root }: ProjectFiles): Promise<Replacement> {
  const id = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const targets: string[] = [];
  const made: string[] = [];
  const beside = (what: 'new' | 'old', target: string) => `${target}.cdkpipe-${what}-${id}`;
  let isSwapped = false;
  const replacement: Replacement = {
    swapIn() {
      const done: string[] = [];
      try {
        for (const target of targets) {
          done.push(target);
          if (existsSync(target)) renameSync(target, beside('old', target));
          renameSync(beside('new', target), target);
        }
        isSwapped = true;
      } catch (error) {
        for (const target of done) restore(target, beside('new', target), beside('old', target));
        throw error;
      }
    },
    [Symbol.dispose]() {
      for (const target of targets) rmSync(beside(isSwapped ? 'old' : 'new', target), { force: true });
      if (!isSwapped) for (const directory of made.reverse()) removeEmpty(directory);
    },
  };
  try {
    for (const path of await listFiles(staged)) {
      const [from, target] = [join(staged, path), join(root, path)];
      const old = statSync(target, { throwIfNoEntry: false });
      if (old && readFileSync(target).equals(readFileSync(from))) continue;
      made.push(...makeDirectories(dirname(target)));
      targets.push(target);
      copyFileSync(from, beside('new', target));
      if (old) chmodSync(beside('new', target), old.mode);
    }
  } catch (error) {
    replacement[Symbol.dispose]();
    throw error;
  }
  return replacement;
}

function restore(target: string, fresh: string, old: string): void {
  if (!existsSync(fresh) && existsSync(target)) renameSync(target, fresh);
  if (existsSync(old)) renameSync(old, target);
}

/** The directories that were missing, from the top. */
function makeDirectories(directory: string): string[] {
  const first = makeDirectory(directory);
  if (first === undefined) return [];
  const made: string[] = [];
  for (let at = directory; at.length >= first.length; at = dirname(at)) made.unshift(at);
  return made;
}

function removeEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // Somebody else has put something into it.
  }
}

const pathOf = (directory: string, name: string) => (directory === '.' ? name : `${directory}/${name}`);

/** Whether the directories that are there on the way lead to no other place. */
function isBelow(root: string, target: string): boolean {
  let at = dirname(target);
  while (!existsSync(at) && at !== root) at = dirname(at);
  const real = realpathSync(at);
  return real === realpathSync(root) || real.startsWith(realpathSync(root) + sep);
}
