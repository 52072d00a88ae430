/** Publishes what this repository holds to a registry on the loopback interface: our packages, and plugins of strangers. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, extract } from 'tar';
import { type Files, type Manifest, packed, type Registry } from './registry.test.fixture.ts';

const monorepo = fileURLToPath(new URL('../../../../', import.meta.url));
const strangers = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/**
 * Publishes all `@cdkpipe/*`, packed by npm, as if they depended on each other only.
 *
 * What they need of others is found in the `node_modules` of this repository by projects inside of it, so that nothing is
 * fetched from another host.
 */
export async function publishOurs(registry: Registry): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-ours-'));
  try {
    const paths = readdirSync(join(monorepo, 'packages')).map((name) => `./packages/${name}`);
    execFileSync('npm', ['pack', '--silent', '--pack-destination', scratch, ...paths], { cwd: monorepo });
    for (const file of readdirSync(scratch)) {
      const unpacked = join(scratch, file.replace('.tgz', ''));
      mkdirSync(unpacked);
      extract({ file: join(scratch, file), cwd: unpacked, strip: 1, sync: true });
      await publishDirectory(registry, unpacked, (name) => name.startsWith('@cdkpipe/'));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Publishes a package of `node_modules`, as if it depended on nothing; without sources and CommonJS, to be quick. */
export async function publishInstalled(registry: Registry, name: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-installed-'));
  try {
    const filter = (path: string) => !/(\/node_modules\/.*){2}|\/src$|\.c[jt]s$/.test(path);
    cpSync(realpathSync(join(monorepo, 'node_modules', name)), scratch, { recursive: true, filter });
    await publishDirectory(registry, scratch, () => false);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param isKept says of which dependencies the package tells, in the registry and in its tarball */
async function publishDirectory(registry: Registry, directory: string, isKept: (name: string) => boolean) {
  const { dependencies = {}, ...rest } = manifestIn(directory);
  const manifest = {
    ...rest,
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(([name]) => isKept(name))),
  };
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
  const tarball = create({ gzip: true, cwd: directory, sync: true, portable: true, prefix: 'package' }, ['.']);
  await registry.publishTarball(manifest, tarball.read() as Buffer);
}

export interface StrangersPlugin {
  readonly name: string;
  /** Where it was built, with its package.json. */
  readonly directory: string;
  /** What npm would pack: built by tsc, with the settings of `cdkpipe plugins:create`. */
  readonly tarball: Buffer;
  publish(registry: Registry): Promise<void>;
}

/**
 * @param name of a directory in `fixtures`
 * @param scratch an empty directory inside this repository, where the packages that it imports are found
 */
export function buildStrangersPlugin(name: string, scratch: string): StrangersPlugin {
  const source = join(strangers, name);
  const settings = fileURLToPath(new URL('../../templates/plugin/tsconfig.json', import.meta.url));
  mkdirSync(scratch, { recursive: true });
  cpSync(join(source, 'src'), join(scratch, 'src'), { recursive: true });
  cpSync(settings, join(scratch, 'tsconfig.json'));
  cpSync(join(source, 'package.json'), join(scratch, 'package.json'));
  execFileSync(join(monorepo, 'node_modules/.bin/tsc'), { cwd: scratch, stdio: 'pipe', encoding: 'utf8' });
  const files: Files = {
    ...filesIn(source, ['package.json', 'README.md']),
    ...filesIn(scratch, readdirSync(join(scratch, 'dist'), { recursive: true, encoding: 'utf8' }).map(inDist)),
  };
  const tarball = packed(files);
  const manifest = manifestIn(source);
  return {
    name: manifest.name,
    directory: scratch,
    tarball,
    publish: (registry) => registry.publishTarball(manifest, tarball),
  };
}

const inDist = (path: string) => join('dist', path);

function filesIn(directory: string, paths: readonly string[]): Files {
  const files = paths.filter((path) => /\.\w+$/.test(path));
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(directory, path), 'utf8')]));
}

function manifestIn(directory: string): Manifest & { readonly dependencies?: Readonly<Record<string, string>> } {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
}
