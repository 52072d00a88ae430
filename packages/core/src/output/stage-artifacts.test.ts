import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Emitted } from '../contracts/artifact.ts';
import { stageArtifacts } from './stage-artifacts.ts';

let emitted: Emitted;
beforeEach(() => {
  const assembly = mkdtempSync(join(tmpdir(), 'cdkpipe-artifacts-'));
  emitted = { assembly, project: join(assembly, 'project') };
});
afterEach(() => rmSync(emitted.assembly, { recursive: true, force: true }));

const mark = 'written by the test';
const file = { root: 'project', path: '.github/workflows/orders.yml', content: `# ${mark}\n` };

test('files are written below the root that they name, text and bytes alike', async () => {
  const runner = { root: 'assembly', path: 'runner/run.mjs', content: new Uint8Array([1, 2]) };
  expect(await stageArtifacts([file, runner], emitted, mark)).toEqual([]);
  expect(readFileSync(join(emitted.project, file.path), 'utf8')).toBe(file.content);
  expect([...readFileSync(join(emitted.assembly, runner.path))]).toEqual([1, 2]);
});

test.each([
  ['no list', undefined, 'no list of artifacts'],
  ['null', [null], 'without `root` or `path`'],
  ['an unknown root', [{ ...file, root: 'home' }], 'without `root` or `path`'],
  ['no content', [{ ...file, content: undefined }], 'without text or bytes'],
  ['no mark', [{ ...file, content: 'jobs: {}' }], 'without the mark'],
  ['one path twice', [file, file], 'twice'],
  ...[
    '../x',
    '/x',
    'a/../../x',
    './x',
    'a//x',
    'a\\x',
    'C:x',
    '',
    '.',
    'a/',
    '.git/hooks/x',
    '.GIT/x',
    'node_modules/x',
  ].map((path): [string, unknown, string] => [`the path ${path}`, [{ ...file, path }], 'not inside its root']),
])('%s is refused, and nothing is written', async (_, returned, fault) => {
  const faults = await stageArtifacts(returned, emitted, mark);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(fault);
  expect(existsSync(emitted.project)).toBe(false);
});

test('a file of the assembly that is there already is refused', async () => {
  writeFileSync(join(emitted.assembly, 'manifest.json'), '{}');
  const [fault] = await stageArtifacts([{ ...file, root: 'assembly', path: 'manifest.json' }], emitted, mark);
  expect(fault).toContain('which the cloud assembly has already');
  expect(readFileSync(join(emitted.assembly, 'manifest.json'), 'utf8')).toBe('{}');
});
