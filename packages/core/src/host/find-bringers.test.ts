import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bringersFrom } from './find-bringers.ts';

let project: string;

function install(directory: string, description: object): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify(description));
  return directory;
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'cdkpipe-bringers-'));
  const store = join(project, 'store', 'node_modules');
  const soak = install(join(store, '@acme/soak'), { peerDependencies: { '@acme/fn': '*', '@acme/core': '*' } });
  install(join(store, '@acme/fn'), { cdkpipePlugin: { api: 1, kinds: ['fn'] } });
  install(join(store, '@acme/core'), {});
  install(join(project, 'node_modules/@acme/lone'), { peerDependencies: { '@acme/absent': '*' } });
  mkdirSync(dirname(join(project, 'node_modules/@acme/soak')), { recursive: true });
  symlinkSync(soak, join(project, 'node_modules/@acme/soak'));
});

test.each([
  ['the peer that says so, also where a package manager keeps it elsewhere', '@acme/soak', 'fn', ['@acme/fn']],
  ['nobody, where no peer says so', '@acme/soak', 'ask', undefined],
  ['a peer that is not installed, as it may', '@acme/lone', 'fn', ['@acme/absent']],
  ['whom the project chooses, where the plugin is a part of it', 'own', 'fn', []],
])('who brings a kind: %s', (_, name, kind, bringers) => {
  expect(bringersFrom(project)({ name, api: 1 }, kind)).toEqual(bringers);
});
