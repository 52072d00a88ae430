/** Judges the files that a backend returned, and writes them beside what is emitted with them. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Artifact, Emitted } from '../contracts/artifact.ts';
import { makeDirectory } from '../files/make-directory.ts';

/**
 * Writes the files, unless one of them is not what the contract says.
 *
 * @param returned what the backend's `render` returned
 * @param mark what each file of the project holds
 * @returns what is wrong with them, in words that follow "the backend returned"; empty where they are written
 */
export async function stageArtifacts(returned: unknown, emitted: Emitted, mark: string): Promise<readonly string[]> {
  if (!Array.isArray(returned)) return ['no list of artifacts'];
  const faults = returned.flatMap((artifact) => faultsOf(artifact, emitted, mark));
  if (faults.length > 0) return faults;
  const artifacts: readonly Artifact[] = returned;
  const places = artifacts.map(({ root, path }) => `${root}:${path}`);
  const twice = places.filter((place, index) => places.indexOf(place) !== index);
  if (twice.length > 0) return [`the artifact ${twice.join(' and ')} twice`];
  for (const { root, path, content } of artifacts) {
    const file = join(emitted[root], path);
    makeDirectory(dirname(file));
    await writeFile(file, content, { flag: 'wx' });
  }
  return [];
}

function faultsOf(artifact: Partial<Artifact>, { assembly }: Emitted, mark: string): string[] {
  const { root, path, content } = artifact ?? {};
  if ((root !== 'project' && root !== 'assembly') || typeof path !== 'string')
    return ['an artifact without `root` or `path`'];
  if (!isInside(path)) return [`an artifact with the path ${JSON.stringify(path)}, which is not inside its root`];
  if (typeof content !== 'string' && !(content instanceof Uint8Array))
    return [`the artifact ${path} without text or bytes as its content`];
  if (root === 'assembly')
    return existsSync(join(assembly, path)) ? [`the artifact ${path}, which the cloud assembly has already`] : [];
  return Buffer.from(content).includes(mark) ? [] : [`the file ${path} without the mark of the render context`];
}

/** Relative, as short as can be, and in no directory that belongs to git or to npm. */
function isInside(path: string): boolean {
  const parts = path.split('/');
  return (
    path !== '' &&
    !/[\\:\p{Cc}]/u.test(path) &&
    posix.normalize(path) === path &&
    !posix.isAbsolute(path) &&
    !path.endsWith('/') &&
    !['..', '.git', 'node_modules'].includes(parts[0]?.toLowerCase() ?? '') &&
    path !== '.'
  );
}
