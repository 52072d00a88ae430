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

test.each([
  ['package-lock.json', npmLock, 'sha512-outer'],
  ['pnpm-lock.yaml', pnpmLock("'@acme/pager@1.2.0'"), 'sha512-outer'],
  ['pnpm-lock.yaml', pnpmLock('/@acme/pager@1.2.0(@cdkpipe/core@0.1.0)'), 'sha512-outer'],
  ['yarn.lock', yarnLock, 'sha512-outer'],
  ['yarn.lock', berryLock, '10c0/outer'],
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
