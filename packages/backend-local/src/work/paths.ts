/** Where the files of a run lie, and how a path of an author stays inside of what it was meant for. */
import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

export interface RunPaths {
  readonly root: string;
  /** The working tree as it was when the run began. */
  readonly source: string;
  /** Additional sources, each under its directory. */
  readonly additional: string;
  /** Where the build works. */
  readonly build: string;
  /** What the build made, until the run is planned. */
  readonly assembly: string;
  /** The same from then on, sealed. */
  readonly sealed: string;
  /** The seal: digests of all that is in `sealed`. */
  readonly seal: string;
  /** What steps around the build leave behind, by step and name. */
  readonly outputs: string;
  readonly logs: string;
  /** Directories of tasks, removed when they end. */
  readonly scratch: string;
}

/** @param store `.cdkpipe` of the project */
export function runPaths(store: string, run: string): RunPaths {
  const root = join(store, 'runs', run);
  const inRoot = (name: string) => join(root, name);
  return {
    root,
    source: inRoot('source'),
    additional: inRoot('additional'),
    build: inRoot('build'),
    assembly: inRoot('assembly'),
    sealed: inRoot('sealed'),
    seal: inRoot('seal.json'),
    outputs: inRoot('outputs'),
    logs: inRoot('logs'),
    scratch: inRoot('scratch'),
  };
}

export function logFile(paths: RunPaths, node: string): string {
  return join(paths.logs, `${encodeURIComponent(node)}.log`);
}

/**
 * The place of `path` in `root`, with every link followed.
 *
 * @throws Error when it leads out of `root`, by `..`, as an absolute path or through a link, or does not exist
 */
export function resolveInside(root: string, path: string): string {
  const lexical = resolve(root, path);
  if (isAbsolute(path) || !isInside(root, lexical)) throw new Error(`"${path}" leads out of the workspace`);
  let real: string;
  try {
    real = realpathSync(lexical);
  } catch {
    throw new Error(`there is no "${path}" in the workspace`);
  }
  if (!isInside(realpathSync(root), real)) throw new Error(`"${path}" leads out of the workspace through a link`);
  return real;
}

function isInside(root: string, path: string): boolean {
  const way = relative(resolve(root), path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
