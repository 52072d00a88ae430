/** Puts a packed plugin and what it needs into a project that has nothing else; no install script runs. */
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refused } from '@cdkpipe/core';
import { findPackage } from '@cdkpipe/core/host';
import { satisfies } from 'semver';
import { runManager } from '../package-manager/run-manager.ts';
import { unpackTarball } from '../registry/unpack-tarball.ts';
import { nothingToCheck } from './problems.ts';

export interface InstalledAlone {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
}

interface Content {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** @param from directory whose packages may be used, where they fit */
export async function installAlone(
  tarball: string,
  { project, from, signal }: { readonly project: string; readonly from: string; readonly signal: AbortSignal },
): Promise<InstalledAlone> {
  const unpacked = join(project, 'unpacked');
  await unpackTarball(tarball, unpacked).catch((cause: unknown) => {
    throw refused([nothingToCheck(tarball, 'is no tarball of a package')], { cause });
  });
  const content = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Content;
  const { name, version } = content;
  if (typeof name !== 'string' || !/^(@[\w.~-]+\/)?[\w~-][\w.~-]*$/.test(name))
    throw refused([nothingToCheck(tarball, `holds a package without a usable name: ${JSON.stringify(name)}`)]);

  writeFileSync(join(project, 'package.json'), `${JSON.stringify({ private: true })}\n`);
  const needs = needsOf(content).map((need) => ({ ...need, found: findNear(need, from) }));
  const missing = needs.flatMap(({ found, optional, ...need }) =>
    found || optional ? [] : [`${need.name}@${need.range}`],
  );
  if (missing.length > 0) {
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
    const args = ['install', ...quiet, '--no-save', '--prefer-offline', '--', ...missing];
    await runManager({ command: 'npm', args }, project, signal);
  }
  const directory = join(project, 'node_modules', name);
  mkdirSync(dirname(directory), { recursive: true });
  renameSync(unpacked, directory);
  for (const { name: needed, found } of needs) if (found) link(join(project, 'node_modules', needed), found);
  return { name, version: String(version), directory };
}

interface Need {
  readonly name: string;
  readonly range: string;
  readonly optional: boolean;
}

function needsOf({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }: Content): Need[] {
  return [
    ...Object.entries(dependencies).map(([name, range]) => ({ name, range, optional: false })),
    ...Object.entries(peerDependencies).map(([name, range]) => ({
      name,
      range,
      optional: peerDependenciesMeta[name]?.optional ?? false,
    })),
  ];
}

const here = dirname(fileURLToPath(import.meta.url));

/** A copy that is installed here and fits, so that nothing need be fetched. */
function findNear({ name, range }: Need, from: string): string | undefined {
  return [here, from]
    .map((directory) => findPackage(name, directory))
    .find((found) => found && satisfies(String(found.description.version), range, { includePrerelease: true }))
    ?.directory;
}

function link(at: string, to: string): void {
  if (existsSync(at)) return;
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(realpathSync(to), at, 'junction');
}
