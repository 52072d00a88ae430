/** `cdkpipe synth --check`: which files of an output directory are not what would be written. */
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import microdiff from 'microdiff';
import { listFiles } from './list-files.ts';
import { isFreshDirectory } from './output-directory.ts';

export interface FileDifference {
  /** Relative to the output directory. */
  readonly file: string;
  /** `missing`: it would be written and is not there; `outdated`: it has other content; `unexpected`: it would not be written. */
  readonly change: 'missing' | 'outdated' | 'unexpected';
  /** Where a JSON file differs, such as `Resources.Pipeline.Properties.Name`: the first few; absent for other files. */
  readonly places?: readonly string[];
}

const mostPlaces = 5;

/** In the order of the files. */
export async function compareFiles(written: string, target: string): Promise<FileDifference[]> {
  const wanted = await listFiles(written);
  const isThere = statSync(target, { throwIfNoEntry: false })?.isDirectory() === true;
  const found = isThere ? (await listFiles(target)).filter((file) => !isUnderWay(file)) : [];
  const all = [...new Set([...wanted, ...found])].sort();
  const differences = await Promise.all(
    all.map(async (file): Promise<FileDifference[]> => {
      if (!found.includes(file)) return [{ file, change: 'missing' }];
      if (!wanted.includes(file)) return [{ file, change: 'unexpected' }];
      const [was, is] = await Promise.all([readFile(join(target, file)), readFile(join(written, file))]);
      return was.equals(is) ? [] : [{ file, change: 'outdated', ...placesOf(file, was, is) }];
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
