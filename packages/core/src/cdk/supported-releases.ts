/** Which releases of aws-cdk-lib and constructs cdkpipe works with. What a release can do is asked of the library itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cdkUnsupported, constructsUnsupported } from '../errors/catalogue/loading.ts';
import type { Problem } from '../errors/problem.ts';
import { findCdkLibrary } from './cdk-library.ts';

/** The peer range of every package; the end-to-end tests compare what its oldest and its newest release emit. */
export const supportedCdk = '^2.163.0';

/** What is wrong with the releases that a file in `directory` would import; nothing where they are not installed. */
export function checkReleases(directory: string): Problem[] {
  const cdk = findCdkLibrary(directory);
  if ('code' in cdk) return [];
  const manifest = readManifest(join(cdk.root, 'package.json'));
  const version = String(manifest.version);
  if (!isInRange(version, supportedCdk)) return [cdkUnsupported(version, cdk.root, supportedCdk)];
  const wanted = manifest.peerDependencies?.constructs;
  const file = cdk.resolve('constructs/package.json');
  const found = file === undefined ? undefined : readManifest(file).version;
  if (wanted === undefined || found === undefined || isInRange(found, wanted)) return [];
  return [constructsUnsupported({ found, wanted, cdk: version })];
}

/**
 * Whether a release is in a range of the form `^1.2.3`, the only one that these packages use. A range of another form is
 * left to the package manager.
 */
export function isInRange(version: string, range: string): boolean {
  const lowest = numbersOf(range.startsWith('^') ? range.slice(1) : '');
  const found = numbersOf(version);
  if (lowest === undefined || found === undefined) return true;
  if (found[0] !== lowest[0]) return false;
  const [, minor, patch] = found;
  return minor > lowest[1] || (minor === lowest[1] && patch >= lowest[2]);
}

function numbersOf(version: string): readonly [number, number, number] | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)(?![\d.])/.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

interface Manifest {
  readonly version?: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}
