/** How each package manager is told to add and remove a package: exact version, install scripts off. */
import type { ManagerName } from './detect-manager.ts';

export type DependencyKind = 'dependencies' | 'devDependencies';

export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Manager {
  /** @param name of the package, which `spec` may not say */
  add(spec: string, name: string, kind: DependencyKind): CommandLine;
  /**
   * Makes a dependency of a directory, whose files are used where they are.
   *
   * @param directory relative to that of package.json, with `/`
   */
  link(directory: string, name: string, kind: DependencyKind): CommandLine;
  remove(name: string): CommandLine;
  /** Installs what package.json says, and writes the lock file. */
  install(): CommandLine;
  /** Makes `node_modules` what the lock file says, after that was put back. */
  restore(): CommandLine;
}

const quietNpm = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
const dev = (kind: DependencyKind, flag: string, otherwise: readonly string[] = []) =>
  kind === 'devDependencies' ? [flag] : otherwise;
// To make a package of a dependency from git, npm runs itself with the settings of the environment alone (pacote, lib/git.js).
const nestedToo = { npm_config_ignore_scripts: 'true' };
// Before version 3 of yarn, only the environment can switch scripts off. It makes a package of a dependency from git with the package
// manager of that repository, which may be npm: https://yarnpkg.com/protocol/git
const noScripts = { YARN_ENABLE_SCRIPTS: 'false', npm_config_ignore_scripts: 'true', YARN_ENABLE_COLORS: 'false' };

export const managers: Readonly<Record<ManagerName, Manager>> = {
  npm: {
    add: (spec, _name, kind) => ({
      command: 'npm',
      args: ['install', ...quietNpm, '--save-exact', ...dev(kind, '--save-dev', ['--save-prod']), '--', spec],
      env: nestedToo,
    }),
    // It links a directory, unless `install-links` is set: https://docs.npmjs.com/cli/v11/using-npm/config#install-links
    link: (directory, name, kind) =>
      withArgument(managers.npm.add(`file:${directory}`, name, kind), '--install-links=false'),
    remove: (name) => ({ command: 'npm', args: ['uninstall', ...quietNpm, '--', name] }),
    install: () => ({ command: 'npm', args: ['install', ...quietNpm], env: nestedToo }),
    restore: () => ({ command: 'npm', args: ['install', ...quietNpm, '--prefer-offline'], env: nestedToo }),
  },
  pnpm: {
    add: (spec, _name, kind) => ({
      command: 'pnpm',
      args: [
        'add',
        '--ignore-scripts',
        '--ignore-workspace-root-check',
        '--save-exact',
        ...dev(kind, '--save-dev', ['--save-prod']),
        spec,
      ],
    }),
    link: (directory, name, kind) => managers.pnpm.add(`link:${directory}`, name, kind),
    remove: (name) => ({ command: 'pnpm', args: ['remove', name], env: { npm_config_ignore_scripts: 'true' } }),
    install: () => ({ command: 'pnpm', args: ['install', '--ignore-scripts', '--no-frozen-lockfile'] }),
    restore: () => ({
      command: 'pnpm',
      args: ['install', '--ignore-scripts', '--frozen-lockfile', '--prefer-offline'],
    }),
  },
  yarn: {
    add: (spec, _name, kind) => ({
      command: 'yarn',
      args: [
        'add',
        '--ignore-scripts',
        '--non-interactive',
        '--ignore-workspace-root-check',
        '--exact',
        ...dev(kind, '--dev'),
        spec,
      ],
    }),
    link: (directory, name, kind) => managers.yarn.add(`link:${directory}`, name, kind),
    remove: (name) => ({
      command: 'yarn',
      args: ['remove', '--ignore-scripts', '--non-interactive', '--ignore-workspace-root-check', name],
    }),
    install: () => ({ command: 'yarn', args: ['install', '--ignore-scripts', '--non-interactive'] }),
    restore: () => ({
      command: 'yarn',
      args: ['install', '--ignore-scripts', '--non-interactive', '--frozen-lockfile', '--prefer-offline'],
    }),
  },
  'yarn@berry': {
    add: (spec, name, kind) => ({
      command: 'yarn',
      // It takes no source without a name: https://yarnpkg.com/cli/add
      args: ['add', '--exact', ...dev(kind, '--dev'), spec.startsWith(`${name}@`) ? spec : `${name}@${spec}`],
      env: noScripts,
    }),
    // `portal:` also reads what the linked package depends on: https://yarnpkg.com/protocol/portal
    link: (directory, name, kind) => managers['yarn@berry'].add(`portal:${directory}`, name, kind),
    remove: (name) => ({ command: 'yarn', args: ['remove', name], env: noScripts }),
    install: () => ({ command: 'yarn', args: ['install', '--no-immutable'], env: noScripts }),
    restore: () => ({ command: 'yarn', args: ['install', '--immutable'], env: noScripts }),
  },
};

function withArgument({ args: [verb = '', ...rest], ...line }: CommandLine, argument: string): CommandLine {
  return { ...line, args: [verb, argument, ...rest] };
}
