/** Decides whether everything that comes in with a plugin may come in; pure. */
import type { Problem } from '@cdkpipe/core';
import * as words from '../problems/plugin-problems.ts';
import type { Candidate } from '../registry/candidate.ts';
import { commandsIn, sharedPackages } from '../registry/package-facts.ts';
import { maxPackages, type PackageTree } from '../registry/read-tree.ts';
import { plainCommand } from './known-commands.ts';

/** Unpacked, with all dependencies. A client of the AWS SDK has about 10 MB with what it needs. */
export const maxBytes = 200 * 1024 * 1024;

/**
 * Commands that people and builds type, and that no plugin may answer. npm links the commands of dependencies as well, and
 * where two packages have one of a name, the order of their paths decides (npm/cli#9868); pnpm and yarn prefer other ones.
 */
const reservedCommands = new Set([
  ...['cdkpipe', 'cdk', 'cdk-assets', 'cdklocal', 'aws', 'sam', 'terraform'],
  ...['node', 'npm', 'npx', 'pnpm', 'pnpx', 'yarn', 'yarnpkg', 'corepack', 'bun', 'bunx', 'deno', 'nvm'],
  ...[
    'sh',
    'bash',
    'zsh',
    'dash',
    'env',
    'sudo',
    'git',
    'gh',
    'ssh',
    'curl',
    'wget',
    'tar',
    'unzip',
    'make',
    'docker',
    'podman',
  ],
  ...['python', 'python3', 'pip', 'pip3', 'java', 'mvn', 'gradle', 'go', 'dotnet', 'ruby', 'bundle', 'cargo'],
  ...[
    'cat',
    'cd',
    'chmod',
    'cp',
    'echo',
    'export',
    'find',
    'grep',
    'jq',
    'ls',
    'mkdir',
    'mv',
    'rm',
    'sed',
    'test',
    'touch',
    'true',
    'xargs',
  ],
]);

export interface TreeContext {
  /** Whether sources other than a registry were allowed. */
  readonly allow: boolean;
  /** Commands that the project has, with the package that each is of. */
  readonly commands: ReadonlyMap<string, string>;
  /** `name@version` of what the project itself had before: its author has decided about that. */
  readonly known: ReadonlySet<string>;
}

export function judgeTree(candidate: Candidate, tree: PackageTree, context: TreeContext): Problem[] {
  const fresh = tree.packages.filter(({ name, version }) => !context.known.has(`${name}@${version}`));
  const scripts = fresh.filter((one) => one.scripts.length > 0);
  const copies = tree.packages.filter(({ name, isPeer }) => sharedPackages.includes(name) && !isPeer);
  const bytes = candidate.size + fresh.reduce((sum, { size }) => sum + size, 0);
  const own = { name: candidate.name, commands: commandsIn(candidate.content) };
  return [
    ...[own, ...fresh].flatMap(({ name, commands }) => takenBy(candidate, name, commands, context)),
    ...scripts.map(({ way, scripts }) => words.dependencyScripts(candidate, way.join(' > '), scripts)),
    ...copies.map(({ way }) => words.dependencyIsShared(candidate, way.join(' > '))),
    ...(context.allow
      ? []
      : tree.foreign.map(({ name, range, way }) =>
          words.dependencySource(candidate, [...way, name].join(' > '), range),
        )),
    ...(tree.isCut ? [words.treeTooLarge(candidate, `more than ${maxPackages} packages`)] : []),
    ...(bytes > maxBytes ? [words.treeTooLarge(candidate, `${Math.ceil(bytes / 1024 / 1024)} MB`)] : []),
  ];
}

function takenBy(
  candidate: Candidate,
  name: string,
  commands: readonly string[],
  { commands: known }: TreeContext,
): Problem[] {
  const taken = commands.filter((command) => {
    const plain = plainCommand(command);
    const owner = known.get(plain);
    return command === '*' || reservedCommands.has(plain) || (owner !== undefined && owner !== name);
  });
  return taken.length > 0 ? [words.binTaken(candidate, name, taken)] : [];
}
