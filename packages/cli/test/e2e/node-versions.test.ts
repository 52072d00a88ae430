/** What the command says on a Node.js that is too old for it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, makeDirectory } from './run-cdkpipe.test.fixture.ts';

/** Runs the command as if this Node.js had another version. */
function runAs(version: string) {
  const directory = makeDirectory({
    'version.cjs': `Object.defineProperty(process.versions, 'node', { value: '${version}' });`,
  });
  const preload = join(directory, 'version.cjs');
  return spawnSync(process.execPath, ['--require', preload, bin, '--version'], { encoding: 'utf8' });
}

test.each(['10.24.1', '16.20.2', '18.20.8', '20.18.3'])('Node.js %s is refused in one line', (version) => {
  expect(runAs(version)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: `cdkpipe requires Node.js 20.19.0 or newer, and this is ${version}\n`,
  });
});

test.each(['20.19.0', '22.1.0', '24.0.0'])('Node.js %s is accepted', (version) => {
  expect(runAs(version)).toMatchObject({ status: 0, stdout: expect.stringContaining('@cdkpipe/cli/') });
});

test('the version that is required is that of `engines`', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(readFileSync(bin, 'utf8')).toContain(`'${engines.node.replace('>=', '')}'`);
});
