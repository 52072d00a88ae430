/** The npm settings that hold in a directory: registries, credentials, proxies, as `npm config` would read them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Config from '@npmcli/config';
import known from '@npmcli/config/lib/definitions/index.js';

/** Options as npm's own libraries take them, credentials among them: never to be shown. */
export type NpmSettings = Readonly<Record<string, unknown>>;

/**
 * Reads the `.npmrc` files of the project, the user and the machine, and `npm_config_*` variables.
 *
 * @param own directory of the package, and `root` of its workspace, whose file holds where the package has none
 */
export async function readNpmSettings(own: string, root: string, signal: AbortSignal): Promise<NpmSettings> {
  // npm's library finds the root of npm's workspaces itself, not that of pnpm's.
  const directory = existsSync(join(own, '.npmrc')) ? own : root;
  const config = new Config({
    ...known,
    // Only npm itself has a built-in file of settings.
    npmPath: directory,
    argv: [process.execPath, 'cdkpipe'],
    cwd: directory,
    warn: false,
  });
  await config.load();
  return {
    ...config.flat,
    // A setting of pnpm, which has it from the same files and variables.
    autoInstallPeers: config.get('auto-install-peers'),
    // A person waits: two more tries, not ten minutes of them.
    retry: { retries: 2, minTimeout: 500, maxTimeout: 2_000 },
    timeout: 30_000,
    preferOnline: true,
    signal,
  };
}
