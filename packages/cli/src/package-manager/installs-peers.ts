/** Whether a package manager installs the peer dependencies of a package by itself, where the project has none that fits. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ProjectPackage } from './detect-manager.ts';

/**
 * npm 7 and later unless `legacy-peer-deps` is set (https://docs.npmjs.com/cli/v11/using-npm/config#legacy-peer-deps), pnpm 8 and
 * later unless `autoInstallPeers` is off (https://pnpm.io/settings/peer-dependencies), yarn never: it reports them as missing
 * (https://yarnpkg.com/advanced/error-codes#yn0002---missing_peer_dependency).
 *
 * @param settings of npm, which pnpm reads, too
 */
export function installsPeers({ manager, root }: ProjectPackage, settings: Readonly<Record<string, unknown>>): boolean {
  switch (manager) {
    case 'npm':
      return settings.legacyPeerDeps !== true;
    case 'pnpm':
      return String(workspaceSettingOf(root) ?? settings.autoInstallPeers) !== 'false';
    case 'yarn':
    case 'yarn@berry':
      return false;
  }
}

function workspaceSettingOf(root: string): unknown {
  const file = join(root, 'pnpm-workspace.yaml');
  if (!existsSync(file)) return undefined;
  return (parse(readFileSync(file, 'utf8')) as { autoInstallPeers?: unknown } | null)?.autoInstallPeers;
}
