/** Reads from the lock files of npm, pnpm, Yarn and Bun which bytes of a package the project wants installed. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lockFileDamaged } from '../errors/catalogue/plugin-lock.ts';
import { refused } from '../errors/cdkpipe-error.ts';
import { searchDirectories } from '../loading/search-directories.ts';

/**
 * The integrity of one version of a package: `sha512-…`, or the checksum of its own that Yarn keeps from version 2 on. Undefined
 * where the project's lock file does not have that version, or where it has no integrity, as for a directory or a git commit.
 * The nearest lock file decides; one of several in a directory is what the package manager would take.
 *
 * @param directory where the definition lies; lock files are looked for from there up to the project's root
 * @throws CdkpipeError (`source: 'user'`) when the lock file of npm is damaged: what it wants installed is then not known
 */
export function findLockedIntegrity(directory: string, name: string, version: string): string | undefined {
  for (const above of searchDirectories(directory)) {
    for (const [file, read] of Object.entries(readers)) {
      const content = readIfThere(join(above, file));
      if (content !== undefined) return read(content, { name, version, file, root: above, directory });
    }
  }
  return undefined;
}

interface Wanted {
  readonly name: string;
  readonly version: string;
  /** Name of the lock file. */
  readonly file: string;
  /** Its directory, or that of node_modules. */
  readonly root: string;
  /** Directory from which the package is used. */
  readonly directory: string;
}

// In the order in which package-manager-detector prefers them, so that both mean the same manager; npm prefers its
// shrinkwrap. The last is what npm has installed, for projects that keep no lock file:
// https://docs.npmjs.com/cli/v10/configuring-npm/package-lock-json#hidden-lockfiles
const readers: Readonly<Record<string, (content: string, wanted: Wanted) => string | undefined>> = {
  'bun.lock': inBunLock,
  'pnpm-lock.yaml': inPnpmLock,
  'yarn.lock': inYarnLock,
  'npm-shrinkwrap.json': inPackageLock,
  'package-lock.json': inPackageLock,
  'node_modules/.package-lock.json': inPackageLock,
};

interface PackageLock {
  readonly packages?: Readonly<
    Record<string, { readonly version?: string; readonly integrity?: string } | undefined>
  > | null;
}

/** The nearest installed copy, as Node finds it from `directory`. */
function inPackageLock(content: string, { name, version, file, root, directory }: Wanted): string | undefined {
  const packages = parsePackageLock(content, file).packages ?? {};
  for (let above = directory; ; above = dirname(above)) {
    const prefix = above === root ? '' : `${above.slice(root.length + 1).replaceAll('\\', '/')}/`;
    const entry = packages[`${prefix}node_modules/${name}`];
    if (entry) return entry.version === version ? entry.integrity : undefined;
    if (above === root || dirname(above) === above) return undefined;
  }
}

function parsePackageLock(content: string, file: string): PackageLock {
  try {
    return Object(JSON.parse(content)) as PackageLock;
  } catch (cause) {
    throw refused([lockFileDamaged(file)], { cause });
  }
}

/** `"@acme/pager": ["@acme/pager@1.0.0", "", {}, "sha512-…"],` with a comma at the end that JSON does not take. */
function inBunLock(content: string, { name, version }: Wanted): string | undefined {
  return new RegExp(String.raw`\["${escaped(`${name}@${version}`)}", [^\n]*"(sha512-[^"\n]+)"\]`).exec(content)?.[1];
}

/** `  '@acme/pager@1.0.0':` and below it `resolution: {integrity: sha512-…}`; older ones write `/@acme/pager@1.0.0`. */
function inPnpmLock(content: string, { name, version }: Wanted): string | undefined {
  const key = escaped(`${name}@${version}`);
  // A package with peers appears again under `snapshots`, without a resolution.
  const entry = new RegExp(`^ {2}(['"]?)/?${key}(?:\\([^\\n]*\\))?\\1:\\n {4}resolution: \\{([^}\\n]*)\\}`, 'm').exec(
    content,
  );
  return /\bintegrity: ([^,\s}]+)/.exec(entry?.[2] ?? '')?.[1];
}

/** `"@acme/pager@^1.0.0":` with `version` and `integrity`, or with yarn 2's `resolution` and `checksum`. */
function inYarnLock(content: string, { name, version }: Wanted): string | undefined {
  const block = content.split(/\n\n+/).find((text) => {
    const [head = '', ...rest] = text.split('\n').filter((line) => !line.startsWith('#'));
    const names = head.split(',').map((pattern) => pattern.trim().replaceAll('"', ''));
    return (
      names.some((pattern) => pattern.startsWith(`${name}@`)) &&
      rest.some((line) => new RegExp(`^ {2}version:? "?${escaped(version)}"?$`).test(line))
    );
  });
  return /^ {2}(?:integrity|checksum:) (\S+)$/m.exec(block ?? '')?.[1];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
