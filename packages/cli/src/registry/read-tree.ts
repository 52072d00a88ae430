/** Reads everything that comes in with a package, from what its registry says, before anything is installed. */
import pacote from 'pacote';
import { satisfies } from 'semver';
import type { NpmSettings } from './npm-settings.ts';
import {
  commandsIn,
  type Dependency,
  dependenciesIn,
  installScriptsOf,
  type PackageJson,
  peersIn,
} from './package-facts.ts';

export interface TreePackage {
  readonly name: string;
  readonly version: string;
  /** `@acme/pager > left-pad`: the packages that lead to it. */
  readonly way: readonly string[];
  /** Whether it comes in as a peer dependency, and so takes the place that the project's own would have. */
  readonly isPeer: boolean;
  readonly scripts: readonly string[];
  /** Commands it puts into `node_modules/.bin`. */
  readonly commands: readonly string[];
  /** Unpacked, in bytes; 0 where the registry does not say. */
  readonly size: number;
}

export interface PackageTree {
  /** Without the package itself. */
  readonly packages: readonly TreePackage[];
  /** Dependencies that no registry provides; what they need in turn is not known. */
  readonly foreign: readonly Need[];
  /** Whether there are more packages than were read. */
  readonly isCut: boolean;
}

export interface TreeSurroundings {
  /** Whether the package manager installs peer dependencies that the project lacks. */
  readonly installsPeers: boolean;
  /** Versions of the packages that the project has, by name. */
  readonly present: ReadonlyMap<string, string>;
}

/** The CDK has fewer; a plugin that needs more cannot be looked at. */
export const maxPackages = 400;

/**
 * Peer dependencies come last, as what others bring along may be what they ask for.
 *
 * @param root package.json in the bytes that will be installed
 */
export async function readTree(
  root: PackageJson,
  settings: NpmSettings,
  { installsPeers, present }: TreeSurroundings,
): Promise<PackageTree> {
  const packages = new Map<string, TreePackage>();
  const foreign: Need[] = [];
  const seen = new Set<string>();
  let peers: Need[] = [];
  let level: Parent[] = [{ content: root, way: [String(root.name)] }];
  while (level.length > 0 && packages.size <= maxPackages) {
    if (installsPeers) peers.push(...level.flatMap((parent) => needsOf(parent, peersIn(parent.content), true)));
    level = await readLevel(level.flatMap((parent) => needsOf(parent, dependenciesIn(parent.content), false)));
    if (level.length > 0) continue;
    level = await readLevel(peers.filter((peer) => !isThere(peer, present, packages)));
    peers = [];
  }
  return { packages: [...packages.values()], foreign, isCut: packages.size > maxPackages };

  async function readLevel(needs: readonly Need[]): Promise<Parent[]> {
    const wanted = needs.filter(({ name, range, isPeer }) => isNew(seen, `${name}@${range} ${isPeer}`));
    foreign.push(...wanted.filter(({ isFromRegistry }) => !isFromRegistry));
    const askedFor = wanted.filter(({ isFromRegistry }) => isFromRegistry).slice(0, maxPackages + 1);
    const found = await Promise.all(askedFor.map((one) => readOne(one, settings)));
    const fresh = found.filter((one) => one !== undefined).filter(({ entry }) => !packages.has(keyOf(entry)));
    for (const { entry } of found.filter((one) => one !== undefined))
      if (packages.get(keyOf(entry))?.isPeer !== false) packages.set(keyOf(entry), entry);
    return fresh;
  }
}

interface Parent {
  readonly content: PackageJson;
  readonly way: readonly string[];
}

type Need = Dependency & { readonly way: readonly string[]; readonly isPeer: boolean };

function needsOf({ way }: Parent, dependencies: readonly Dependency[], isPeer: boolean): Need[] {
  return dependencies.map((dependency) => ({ ...dependency, way, isPeer }));
}

/** Where the project has a package of that name in another version, package managers may put the peer beside it. */
function isThere(
  { name, range }: Need,
  present: TreeSurroundings['present'],
  packages: ReadonlyMap<string, TreePackage>,
): boolean {
  const version = present.get(name);
  const found = [...packages.values()].filter((one) => one.name === name).map((one) => one.version);
  return [...(version === undefined ? [] : [version]), ...found].some((one) =>
    satisfies(one, range, { includePrerelease: true }),
  );
}

function isNew(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

const keyOf = ({ name, version }: TreePackage) => `${name}@${version}`;

/** @returns undefined for an optional dependency that is not there: package managers leave it out as well */
async function readOne({ name, range, optional, way, isPeer }: Need, settings: NpmSettings) {
  let content: PackageJson;
  try {
    content = await pacote.manifest(`${name}@${range}`, { ...settings, fullMetadata: true });
  } catch (error) {
    if (optional) return undefined;
    throw error;
  }
  const own = [...way, String(content.name)];
  return { content, way: own, entry: { ...entryOf(content, own), isPeer } };
}

function entryOf(content: PackageJson, way: readonly string[]): Omit<TreePackage, 'isPeer'> {
  const { name, version, hasInstallScript, gypfile, dist } = content;
  const scripts = installScriptsOf(content);
  const hidden = scripts.length === 0 && (hasInstallScript === true || gypfile === true) ? ['install'] : [];
  const { unpackedSize } = (typeof dist === 'object' && dist !== null ? dist : {}) as { unpackedSize?: unknown };
  return {
    name: String(name),
    version: String(version),
    way,
    scripts: [...scripts, ...hidden],
    commands: commandsIn(content),
    size: typeof unpackedSize === 'number' && unpackedSize > 0 ? unpackedSize : 0,
  };
}
