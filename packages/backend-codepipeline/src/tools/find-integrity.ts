/** Finds the integrity of a package in the lock file of the project. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const sha512 = /sha512-[A-Za-z0-9+/]{86}==/;

/** How the integrity of a version of a package stands in each kind of lock file; Yarn from 2 on keeps checksums of its own. */
const lockFiles: Readonly<Record<string, (text: string, name: string, version: string) => string | undefined>> = {
  'package-lock.json': inNpmLock,
  'npm-shrinkwrap.json': inNpmLock,
  'node_modules/.package-lock.json': inNpmLock,
  'pnpm-lock.yaml': (text, name, version) =>
    text.match(
      new RegExp(
        String.raw`^  ['"]?/?${escaped(`${name}@${version}`)}['"]?:\n +resolution: \{[^}\n]*?integrity: (${sha512.source})`,
        'm',
      ),
    )?.[1],
  'yarn.lock': (text, name, version) =>
    text.match(
      new RegExp(
        String.raw`^"?${escaped(name)}@[^\n]*:\n  version "${escaped(version)}"\n(?:  [^\n]*\n)*?  integrity (${sha512.source})`,
        'm',
      ),
    )?.[1],
  'bun.lock': (text, name, version) =>
    text.match(new RegExp(String.raw`\["${escaped(`${name}@${version}`)}", [^\n]*"(${sha512.source})"\]`))?.[1],
};

/** Of the nearest lock file that names the version, from the directory upwards. */
export function findIntegrity(name: string, version: string, directory: string): string | undefined {
  for (const [file, read] of Object.entries(lockFiles)) {
    const text = readIfThere(join(directory, file));
    const integrity = text === undefined ? undefined : read(text, name, version);
    if (integrity !== undefined && sha512.test(integrity)) return integrity;
  }
  const above = dirname(directory);
  return above === directory ? undefined : findIntegrity(name, version, above);
}

function inNpmLock(text: string, name: string, version: string): string | undefined {
  try {
    const { packages = {} } = JSON.parse(text) as {
      packages?: Record<string, { version?: string; integrity?: string }>;
    };
    const found = Object.entries(packages).find(
      ([path, each]) =>
        (path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`)) && each.version === version,
    );
    return found?.[1].integrity;
  } catch {
    return undefined;
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
