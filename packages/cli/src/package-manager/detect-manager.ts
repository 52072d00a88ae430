/** Finds out which package manager a project uses, and where: from lock files, or from what package.json says. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refused } from '@cdkpipe/core';
import mapWorkspaces from '@npmcli/map-workspaces';
import { type Agent, detect } from 'package-manager-detector';
import { parse } from 'yaml';
import { managerUnsupported, packageMissing } from '../problems/plugin-problems.ts';

export type ManagerName = 'npm' | 'pnpm' | 'yarn' | 'yarn@berry';

export interface ProjectPackage {
  /** Directory of the package.json to which plugins are added. */
  readonly directory: string;
  readonly manager: ManagerName;
  /** Directory of the lock file: that of the workspace root, where there is one. */
  readonly root: string;
}

const supported: Partial<Record<Agent, ManagerName>> = {
  npm: 'npm',
  pnpm: 'pnpm',
  yarn: 'yarn',
  'yarn@berry': 'yarn@berry',
};

/**
 * @param from directory of the definition
 * @throws CdkpipeError (`source: 'user'`) when there is no package, or its manager is none that we can use
 */
export async function detectManager(from: string): Promise<ProjectPackage> {
  const above = upwards(from);
  const directory = above.find((one) => existsSync(join(one, 'package.json')));
  if (directory === undefined) throw refused([packageMissing(from)]);
  const root = (await findWorkspaceRoot(directory, above)) ?? directory;
  const found = await detect({
    cwd: directory,
    strategies: ['packageManager-field', 'lockfile', 'devEngines-field'],
    stopDir: root,
  });
  const agent = found?.agent ?? 'npm';
  const manager = supported[agent];
  if (!manager) throw refused([managerUnsupported(agent)]);
  return { directory, manager, root };
}

/** The nearest directory above whose workspaces the package belongs to. */
async function findWorkspaceRoot(directory: string, above: readonly string[]): Promise<string | undefined> {
  for (const root of above.slice(above.indexOf(directory) + 1)) {
    const patterns = workspacePatterns(root);
    if (patterns === undefined) continue;
    const members = await mapWorkspaces({ cwd: root, pkg: { workspaces: patterns } });
    if ([...members.values()].includes(directory)) return root;
  }
  return undefined;
}

function workspacePatterns(root: string): unknown {
  const ofPnpm = join(root, 'pnpm-workspace.yaml');
  if (existsSync(ofPnpm)) return (parse(readFileSync(ofPnpm, 'utf8')) as { packages?: unknown } | null)?.packages ?? [];
  const file = join(root, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { workspaces?: unknown }).workspaces;
}

function upwards(from: string): string[] {
  const parent = dirname(from);
  return parent === from ? [from] : [from, ...upwards(parent)];
}
