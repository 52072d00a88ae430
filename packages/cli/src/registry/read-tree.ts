/** Reads everything that comes in with a package, from what its registry says, before anything is installed. */
import pacote from 'pacote';
import type { NpmSettings } from './npm-settings.ts';
import { commandsIn, type Dependency, dependenciesIn, installScriptsOf, type PackageJson } from './package-facts.ts';

export interface TreePackage {
  readonly name: string;
  readonly version: string;
  /** `@acme/pager > left-pad`: the packages that lead to it. */
  readonly way: readonly string[];
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

/** The CDK has fewer; a plugin that needs more cannot be looked at. */
export const maxPackages = 400;

/** @param root package.json in the bytes that will be installed */
export async function readTree(root: PackageJson, settings: NpmSettings): Promise<PackageTree> {
  const packages = new Map<string, TreePackage>();
  const foreign: Need[] = [];
  const seen = new Set<string>();
  let level: Parent[] = [{ content: root, way: [String(root.name)] }];
  while (level.length > 0 && packages.size <= maxPackages) {
    const wanted = level.flatMap(needsOf).filter(({ name, range }) => isNew(seen, `${name}@${range}`));
    foreign.push(...wanted.filter(({ isFromRegistry }) => !isFromRegistry));
    const askedFor = wanted.filter(({ isFromRegistry }) => isFromRegistry).slice(0, maxPackages + 1);
    const found = await Promise.all(askedFor.map((one) => readOne(one, settings)));
    const fresh = found.filter((one) => one !== undefined).filter(({ entry }) => !packages.has(keyOf(entry)));
    for (const { entry } of fresh) packages.set(keyOf(entry), entry);
    level = fresh;
  }
  return { packages: [...packages.values()], foreign, isCut: packages.size > maxPackages };
}

interface Parent {
  readonly content: PackageJson;
  readonly way: readonly string[];
}

type Need = Dependency & { readonly way: readonly string[] };

function needsOf({ content, way }: Parent): Need[] {
  return dependenciesIn(content).map((dependency) => ({ ...dependency, way }));
}

function isNew(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

const keyOf = ({ name, version }: TreePackage) => `${name}@${version}`;

/** @returns undefined for an optional dependency that is not there: package managers leave it out as well */
async function readOne({ name, range, optional, way }: Need, settings: NpmSettings) {
  let content: PackageJson;
  try {
    content = await pacote.manifest(`${name}@${range}`, { ...settings, fullMetadata: true });
  } catch (error) {
    if (optional) return undefined;
    throw error;
  }
  const own = [...way, String(content.name)];
  return { content, way: own, entry: entryOf(content, own) };
}

function entryOf(content: PackageJson, way: readonly string[]): TreePackage {
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
