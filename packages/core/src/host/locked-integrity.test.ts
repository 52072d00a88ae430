import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findLockedIntegrity } from './locked-integrity.ts';

function makeProject(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-lock-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  mkdirSync(join(directory, '.git'));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), content);
  }
  return directory;
}

const name = '@acme/pager';

const npmLock = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    'node_modules/@acme/pager': { version: '1.2.0', integrity: 'sha512-outer' },
    'packages/app/node_modules/@acme/pager': { version: '2.0.0', integrity: 'sha512-inner' },
  },
});

const pnpmLock = (key: string) => `lockfileVersion: '9.0'

packages:

  '@acme/pager-extra@1.2.0':
    resolution: {integrity: sha512-other}

  ${key}:
    resolution: {integrity: sha512-outer}
    peerDependencies:
      '@cdkpipe/core': ^0.1.0

snapshots:

  '@acme/pager@1.2.0(@cdkpipe/core@0.1.0)':
    dependencies: {}
`;

const yarnLock = `# yarn lockfile v1


"@acme/pager-extra@1.2.0":
  version "1.2.0"
  integrity sha512-other

"@acme/pager@1.2.0", "@acme/pager@^1.0.0":
  version "1.2.0"
  resolved "https://example.com/pager.tgz#abc"
  integrity sha512-outer
`;

const berryLock = `__metadata:
  version: 8

"@acme/pager@npm:1.2.0":
  version: 1.2.0
  resolution: "@acme/pager@npm:1.2.0"
  checksum: 10c0/outer
  languageName: node
`;

const bunLock = `{
  "packages": {
    "@acme/pager-extra": ["@acme/pager-extra@1.2.0", "", {}, "sha512-other"],

    "@acme/pager": ["@acme/pager@1.2.0", "", { "bin": { "pager": "cli.js" } }, "sha512-outer"],
  }
}
`;

test.each([
  ['package-lock.json', npmLock, 'sha512-outer'],
  ['pnpm-lock.yaml', pnpmLock("'@acme/pager@1.2.0'"), 'sha512-outer'],
  ['pnpm-lock.yaml', pnpmLock('/@acme/pager@1.2.0(@cdkpipe/core@0.1.0)'), 'sha512-outer'],
  ['yarn.lock', yarnLock, 'sha512-outer'],
  ['yarn.lock', berryLock, '10c0/outer'],
  ['bun.lock', bunLock, 'sha512-outer'],
  ['node_modules/.package-lock.json', npmLock, 'sha512-outer'],
])('%s tells the integrity of one version, and of no other', (file, content, integrity) => {
  const directory = makeProject({ [file]: content });
  expect(findLockedIntegrity(directory, name, '1.2.0')).toBe(integrity);
  expect(findLockedIntegrity(directory, name, '1.2.1')).toBeUndefined();
  expect(findLockedIntegrity(directory, '@acme/page', '1.2.0')).toBeUndefined();
});

test('a workspace uses its own copy before that of the root', () => {
  const directory = makeProject({ 'package-lock.json': npmLock });
  expect(findLockedIntegrity(join(directory, 'packages/app'), name, '2.0.0')).toBe('sha512-inner');
  expect(findLockedIntegrity(join(directory, 'packages/app'), name, '1.2.0')).toBeUndefined();
  expect(findLockedIntegrity(join(directory, 'packages/other'), name, '1.2.0')).toBe('sha512-outer');
});

test('Windows line ends change nothing', () => {
  const directory = makeProject({ 'yarn.lock': yarnLock.replaceAll('\n', '\r\n') });
  expect(findLockedIntegrity(directory, name, '1.2.0')).toBe('sha512-outer');
});

test('the nearest lock file decides, also where only one further up has the version', () => {
  const directory = makeProject({ 'package-lock.json': npmLock, 'app/yarn.lock': '# yarn lockfile v1\n' });
  expect(findLockedIntegrity(join(directory, 'app'), name, '1.2.0')).toBeUndefined();
});

test('what npm has installed counts only where there is no lock file beside it', () => {
  const other = npmLock.replace('sha512-outer', 'sha512-installed');
  const directory = makeProject({ 'package-lock.json': npmLock, 'node_modules/.package-lock.json': other });
  expect(findLockedIntegrity(directory, name, '1.2.0')).toBe('sha512-outer');
});

test('a lock file above the root of the project is not read', () => {
  const directory = makeProject({ 'package-lock.json': npmLock, 'app/.git/HEAD': '' });
  expect(findLockedIntegrity(join(directory, 'app'), name, '1.2.0')).toBeUndefined();
});

test.each(['package-lock.json', 'npm-shrinkwrap.json'])(
  'a damaged %s is refused, never taken for one without the package',
  (file) => {
    const directory = makeProject({ [file]: `<<<<<<< HEAD\n${npmLock}` });
    expect(() => findLockedIntegrity(directory, name, '1.2.0')).toThrow(
      expect.objectContaining({ source: 'user', problems: [expect.objectContaining({ code: 'LOCK_FILE_DAMAGED' })] }),
    );
    for (const content of [
      'null',
      '[]',
      '{"packages":7}',
      '{"packages":null}',
      '{"packages":{"node_modules/@acme/pager":null}}',
    ])
      expect(findLockedIntegrity(makeProject({ [file]: content }), name, '1.2.0')).toBeUndefined();
  },
);
