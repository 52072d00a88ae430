/** Publishes from a private copy of what was sealed, so that nothing changes an asset between check and upload. */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { refused } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';
import { copySealed, isDescription, type SealedAssembly } from './seal.ts';

interface Sources {
  readonly files?: Readonly<
    Record<string, { readonly source: { readonly path?: string; readonly executable?: unknown } }>
  >;
  readonly dockerImages?: Readonly<
    Record<string, { readonly source: { readonly directory?: string; readonly executable?: unknown } }>
  >;
}

/**
 * Copies the descriptions of the assembly, and the assets that the manifests name.
 *
 * @throws CdkpipeError `ASSEMBLY_CHANGED`, `ASSET_OUTSIDE`
 */
export async function copyForPublishing(
  sealed: SealedAssembly,
  manifests: readonly string[],
  target: string,
): Promise<void> {
  await copySealed(sealed, target, isDescription);
  const wanted = new Set(manifests.flatMap((manifest) => sourcesOf(target, manifest)));
  const isWanted = (path: string) => {
    if (isDescription(path)) return false;
    for (let place = path; place !== '.'; place = posix.dirname(place)) if (wanted.has(place)) return true;
    // What a packaging command reads is not known.
    return wanted.has('');
  };
  await copySealed(sealed, target, isWanted);
}

/** Paths relative to the assembly; an empty one where a command makes the asset. */
function sourcesOf(directory: string, manifest: string): string[] {
  const { files = {}, dockerImages = {} } = JSON.parse(readFileSync(join(directory, manifest), 'utf8')) as Sources;
  const sources = [
    ...Object.values(files).map(({ source }) => source.path),
    ...Object.values(dockerImages).map(({ source }) => source.directory),
  ];
  return sources.map((source) => {
    if (source === undefined) return '';
    const path = posix.normalize(posix.join(dirname(manifest), source));
    if (posix.isAbsolute(source) || path === '..' || path.startsWith('../'))
      throw refused([words.assetOutside(manifest, source)]);
    return path.replace(/\/$/, '');
  });
}
