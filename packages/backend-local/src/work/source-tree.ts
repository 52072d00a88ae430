/** The working tree as a source: what of it belongs to the project, and which commit it stands on. */
import { execFile } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { constants, cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import type { SourceState } from '../journal/run-event.ts';

const run = promisify(execFile);
const maxBuffer = 256 * 1024 * 1024;

/** What is never part of a source where git does not say what is. */
const neverSource = new Set(['.git', '.cdkpipe', 'node_modules', 'cdk.out']);

export async function readSourceState(directory: string): Promise<SourceState> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: directory, maxBuffer })).stdout.trim();
  try {
    if ((await listWithGit(directory)) === undefined) return { dirty: true };
    const [commit, branch, changes] = await Promise.all([
      git('rev-parse', 'HEAD'),
      git('rev-parse', '--abbrev-ref', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=normal', '--', '.'),
    ]);
    return { commit, ...(branch === 'HEAD' ? {} : { branch }), dirty: changes !== '' };
  } catch {
    return { dirty: true };
  }
}

/**
 * Copies what git knows or would add, or else everything but what is made; links stay links.
 *
 * @param without directories that are not part of it, relative to `directory`
 */
export async function copySource(directory: string, target: string, without: readonly string[] = []): Promise<number> {
  const files = await listWithGit(directory);
  const isLeftOut = (path: string) =>
    path.split('/').includes('.cdkpipe') || without.some((left) => path === left || path.startsWith(`${left}/`));
  await replaceDirectory(target, async (fresh) => {
    if (files) {
      for (const path of files.filter((file) => !isLeftOut(file))) {
        await mkdir(dirname(join(fresh, path)), { recursive: true });
        await copyTree(join(directory, path), join(fresh, path));
      }
      return;
    }
    const isSource = (path: string) => {
      const way = relative(directory, path).split(sep).join('/');
      return !neverSource.has(way.slice(way.lastIndexOf('/') + 1)) && !isLeftOut(way);
    };
    // One by one: the copy lies inside of what is copied, which `cp` refuses whatever the filter says.
    for (const name of await readdir(directory)) {
      if (isSource(join(directory, name))) await copyTree(join(directory, name), join(fresh, name), isSource);
    }
  });
  return files?.length ?? 0;
}

async function listWithGit(directory: string): Promise<string[] | undefined> {
  try {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', '.'];
    const { stdout } = await run('git', args, { cwd: directory, maxBuffer });
    const paths = stdout.split('\0').filter((path) => path !== '' && exists(join(directory, path)));
    const files = await Promise.all(paths.map((path) => listInside(directory, path.replace(/\/$/, ''))));
    // A directory that a repository around it ignores is none of git's.
    return paths.length > 0 ? files.flat() : undefined;
  } catch {
    return undefined;
  }
}

/** A submodule, or another repository that lies inside, is a directory to git; what belongs to it, it says itself. */
async function listInside(directory: string, path: string): Promise<string[]> {
  const place = join(directory, path);
  if (!lstatSync(place).isDirectory()) return [path];
  const files = exists(join(place, '.git')) ? await listWithGit(place) : [];
  return (files ?? []).map((file) => `${path}/${file}`);
}

/** A deleted file is still known to git. */
function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Makes a directory anew; it is there only when it is whole. */
export async function replaceDirectory(target: string, fill: (fresh: string) => Promise<void>): Promise<void> {
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await fill(fresh);
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
}

/** Shares blocks with the original where the file system can. */
export async function copyTree(
  from: string,
  to: string,
  filter: (path: string) => boolean = () => true,
): Promise<void> {
  await cp(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter,
    force: true,
  });
}
