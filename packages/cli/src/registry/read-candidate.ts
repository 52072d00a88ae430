/** Reads all that can be known of a package before it is installed: its metadata, its tarball, its provenance. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fetch from 'npm-registry-fetch';
import pacote from 'pacote';
import { BareTree } from './bare-tree.ts';
import type { Candidate, PackageContent, Provenance } from './candidate.ts';
import { listCommandsOf } from './list-commands.ts';
import type { NpmSettings } from './npm-settings.ts';
import { preparationOf } from './package-facts.ts';
import type { PackageSpec } from './package-spec.ts';
import { readProvenance } from './read-provenance.ts';
import { wordRegistryFault, wordSourceFault } from './word-fault.ts';

/**
 * The tarball is unpacked into a directory of its own and removed again; none of its scripts run.
 *
 * @throws CdkpipeError (`source: 'user'`) when it cannot be read, or its bytes are not those that the registry names
 */
export async function readCandidate(spec: PackageSpec, settings: NpmSettings): Promise<Candidate> {
  const registry = new URL(fetch.pickRegistry(spec.text, settings)).host;
  const unpacked = await mkdtemp(join(tmpdir(), 'cdkpipe-plugin-'));
  try {
    const options = { ...settings, fullMetadata: true, ignoreScripts: true };
    const announced = await pacote.manifest(spec.text, options);
    const preparation = spec.isFromGit ? preparationOf(announced) : [];
    // Reading it any further would run code of it; it is refused for that.
    if (preparation.length > 0) return unprepared(announced, preparation, spec.text);
    const { integrity, resolved } = await pacote.extract(exactSpec(spec, announced), unpacked, {
      ...options,
      Arborist: BareTree,
      ...(announced._integrity !== undefined && { integrity: announced._integrity }),
    });
    const content = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as PackageContent;
    const provenance: Provenance = spec.isFromRegistry
      ? await readProvenance({ name: announced.name, version: announced.version, integrity, announced }, settings)
      : { state: 'unverified', detail: 'it does not come from a registry' };
    return {
      name: content.name,
      version: content.version,
      announced: spec.isFromRegistry ? (announced as PackageContent) : content,
      content,
      ...contentsOf(unpacked),
      hasGypFile: existsSync(join(unpacked, 'binding.gyp')),
      preparation,
      commands: listCommandsOf(unpacked, content),
      integrity,
      ...(!spec.isFromRegistry && { source: resolved }),
      ...describePublication(announced),
      provenance,
    };
  } catch (error) {
    throw spec.isFromRegistry ? wordRegistryFault(error, spec.text, registry) : wordSourceFault(error, spec.text);
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

/** The commit, where a branch or a tag of a repository was named. */
function exactSpec({ isFromRegistry, isFromGit, text }: PackageSpec, announced: pacote.Manifest): string {
  if (isFromRegistry) return `${announced.name}@${announced.version}`;
  return (isFromGit ? announced._resolved : undefined) ?? text;
}

function unprepared(announced: pacote.Manifest, preparation: readonly string[], source: string): Candidate {
  const provenance: Provenance = { state: 'unverified', detail: 'it was not read' };
  const { name, version } = announced;
  const nothing = { bundled: [], hasGypFile: false, commands: [], size: 0, integrity: '' };
  return { name, version, announced, content: announced, ...nothing, preparation, source, provenance };
}

function describePublication(announced: Readonly<Record<string, unknown>>) {
  const { _npmUser, _time, deprecated } = announced;
  const publisher = personName(_npmUser);
  return {
    ...(publisher !== undefined && { publisher }),
    ...(typeof _time === 'string' && { publishedAt: _time }),
    ...(typeof deprecated === 'string' && deprecated !== '' && { deprecated }),
  };
}

function personName(person: unknown): string | undefined {
  if (typeof person === 'string') return person;
  const { name } = (typeof person === 'object' && person !== null ? person : {}) as { name?: unknown };
  return typeof name === 'string' ? name : undefined;
}

/** Packages can be anywhere in a tarball, also below the `node_modules` of others or in a directory of another name. */
function contentsOf(unpacked: string): Pick<Candidate, 'bundled' | 'size'> {
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files
    .filter(({ name, parentPath }) => name === 'package.json' && parentPath !== unpacked)
    .flatMap(({ parentPath }) => nameIn(join(parentPath, 'package.json')) ?? []);
  const size = files.reduce((sum, { name, parentPath }) => sum + statSync(join(parentPath, name)).size, 0);
  return { bundled: [...new Set(names)], size };
}

/** Undefined for a file that is no description of a package, as fixtures of tests may be. */
function nameIn(file: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown };
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
