/** `cdkpipe synth --check`: which files of an output directory are not what would be written. */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import microdiff from 'microdiff';
import type { Artifact } from '../contracts/artifact.ts';
import { listFiles } from './list-files.ts';
import { isFreshDirectory } from './output-directory.ts';
import { findLeftFiles, type ProjectFiles } from './project-files.ts';

export interface FileDifference {
  /** What `file` is relative to: the output directory (`assembly`), or the root of the source (`project`). */
  readonly root: Artifact['root'];
  readonly file: string;
  /** `missing`: it would be written and is not there; `outdated`: it has other content; `unexpected`: it would not be written. */
  readonly change: 'missing' | 'outdated' | 'unexpected';
  /** Where a JSON file differs, such as `Resources.Pipeline.Properties.Name`: the first few; absent for other files. */
  readonly places?: readonly string[];
}

const mostPlaces = 5;

/**
 * Those of the cloud assembly, then those of the project. Where an assembly is written only to make files of the project, as in a
 * fresh checkout, the files alone count.
 */
export async function compareFiles(written: string, target: string, files: ProjectFiles): Promise<FileDifference[]> {
  const ofProject = await compareProjectFiles(files);
  const isLeftOut = !existsSync(target) && (await listFiles(files.staged)).length > 0;
  return [...(isLeftOut ? [] : await compareAssemblies(written, target)), ...ofProject];
}

/** In the order of the files. */
async function compareAssemblies(written: string, target: string): Promise<FileDifference[]> {
  const wanted = await listFiles(written);
  const isThere = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  const found = isThere ? (await listFiles(target)).filter((file) => !isUnderWay(file)) : [];
  return compare({ root: 'assembly', written, target }, wanted, found);
}

/** With what an earlier drawing has left. */
async function compareProjectFiles(files: ProjectFiles): Promise<FileDifference[]> {
  const { staged: written, root: target } = files;
  const wanted = await listFiles(written);
  const found = [...wanted.filter((file) => existsSync(join(target, file))), ...(await findLeftFiles(files))];
  return compare({ root: 'project', written, target }, wanted, found);
}

interface Compared {
  readonly root: Artifact['root'];
  readonly written: string;
  readonly target: string;
}

async function compare(
  { root, written, target }: Compared,
  wanted: readonly string[],
  found: readonly string[],
): Promise<FileDifference[]> {
  const all = [...new Set([...wanted, ...found])].sort();
  const differences = await Promise.all(
    all.map(async (file): Promise<FileDifference[]> => {
      if (!found.includes(file)) return [{ root, file, change: 'missing' }];
      if (!wanted.includes(file)) return [{ root, file, change: 'unexpected' }];
      const [was, is] = await Promise.all([readFile(join(target, file)), readFile(join(written, file))]);
      return was.equals(is) ? [] : [{ root, file, change: 'outdated', ...placesOf(file, was, is) }];
    }),
  );
  return differences.flat();
}

/** Another process may be writing its own assembly into the directory. */
function isUnderWay(file: string): boolean {
  return isFreshDirectory(file.split('/')[0] ?? '');
}

function placesOf(file: string, was: Buffer, is: Buffer): Pick<FileDifference, 'places'> {
  if (!file.endsWith('.json')) return {};
  try {
    const differences = microdiff(JSON.parse(was.toString('utf8')), JSON.parse(is.toString('utf8')));
    const places = differences.map(({ path }) => path.join('.'));
    return places.length === 0 ? {} : { places: places.slice(0, mostPlaces) };
  } catch {
    // It is outdated, whatever it holds.
    return {};
  }
}
