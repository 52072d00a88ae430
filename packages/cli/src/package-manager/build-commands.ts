/** How a build installs what the lock file of each package manager says, and runs a command of an installed package. */
import type { ManagerName } from './detect-manager.ts';

interface BuildCommands {
  readonly install: readonly string[];
  /** What stands before the command. */
  readonly run: string;
}

/** Only npm is there without corepack: https://github.com/nodejs/corepack#readme */
export const buildCommands: Readonly<Record<ManagerName, BuildCommands>> = {
  npm: { install: ['npm ci'], run: 'npx' },
  pnpm: { install: ['corepack enable', 'pnpm install --frozen-lockfile'], run: 'pnpm exec' },
  yarn: { install: ['corepack enable', 'yarn install --frozen-lockfile'], run: 'yarn run' },
  'yarn@berry': { install: ['corepack enable', 'yarn install --immutable'], run: 'yarn run' },
};
