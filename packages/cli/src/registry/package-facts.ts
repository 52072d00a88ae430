/** What counts of a package.json before the package may come in: scripts, commands, dependencies; a stranger wrote it. */
import npa from 'npm-package-arg';

/** Scripts that package managers run when they install a package. */
export const installTimes: readonly string[] = ['preinstall', 'install', 'postinstall'];

/**
 * Scripts for which npm installs the dependencies of a git repository, with their scripts, or which npm, pnpm or yarn run:
 * `lib/git.js` of pacote 21, `exec/prepare-package` of pnpm 10.
 */
const preparationTimes: readonly string[] = [...installTimes, 'build', 'prepare', 'prepack', 'prepublish', 'publish'];

/** Packages of which a process may hold one copy only: that of the project. */
export const sharedPackages: readonly string[] = ['aws-cdk-lib', 'constructs', '@cdkpipe/core'];

export type PackageJson = Readonly<Record<string, unknown>>;

export interface Dependency {
  /** The name it is imported by. */
  readonly name: string;
  /** The package that it is: another one for an alias such as `npm:aws-cdk-lib@2`. */
  readonly package: string;
  /** As package.json says it, for example `^1.0.0` or `git+https://…`. */
  readonly range: string;
  readonly optional: boolean;
  /** Whether a registry provides it, so that its bytes cannot change under its version. */
  readonly isFromRegistry: boolean;
}

export function installScriptsOf({ scripts }: PackageJson): string[] {
  return installTimes.filter((time) => texts(scripts)[time]);
}

/** Names of what lets package managers run code, to make a package of the repository that has this package.json. */
export function preparationOf({ scripts, workspaces }: PackageJson): string[] {
  const found = preparationTimes.filter((time) => texts(scripts)[time]);
  return workspaces === undefined ? found : [...found, 'workspaces'];
}

/** Without peer dependencies, which may be the project's. */
export function dependenciesIn({ dependencies, optionalDependencies }: PackageJson): Dependency[] {
  const optional = texts(optionalDependencies);
  const all = { ...texts(dependencies), ...optional };
  return Object.entries(all).map(([name, range]) => ({
    name,
    range,
    optional: name in optional,
    ...originOf(name, range),
  }));
}

/** Peer dependencies that npm and pnpm install by themselves where the project has none that fits: all but the optional ones. */
export function peersIn({ peerDependencies, peerDependenciesMeta }: PackageJson): Dependency[] {
  const about = typeof peerDependenciesMeta === 'object' ? { ...peerDependenciesMeta } : {};
  const isOptional = (name: string) =>
    (about as Record<string, { optional?: unknown } | null>)[name]?.optional === true;
  return Object.entries(texts(peerDependencies))
    .filter(([name]) => !isOptional(name))
    .map(([name, range]) => ({ name, range, optional: false, ...originOf(name, range) }));
}

/**
 * Names of the files that package managers put into `node_modules/.bin`, as npm reads them: of a key, what follows the last
 * slash counts. A package that names a whole directory may link anything.
 */
export function commandsIn({ name, bin, directories }: PackageJson): string[] {
  const keys = typeof bin === 'string' ? [String(name)] : Object.keys(texts(bin));
  const found = keys.map((key) => key.replaceAll('\\', '/').replace(/^.*\//, ''));
  return bin === undefined && texts(directories).bin !== undefined ? ['*'] : found;
}

function originOf(name: string, range: string): Pick<Dependency, 'package' | 'isFromRegistry'> {
  try {
    const parsed = npa.resolve(name, range);
    const { name: found, registry } = 'subSpec' in parsed ? (parsed.subSpec as npa.Result) : parsed;
    return { package: found ?? name, isFromRegistry: registry === true };
  } catch {
    // A range that npm cannot read is none of a registry.
    return { package: name, isFromRegistry: false };
  }
}

/** The entries of an object whose values are texts. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
