import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

test('plan --graph writes the file, the same bytes each time, and prints its name', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition() });
  const first = await runCdkpipe(['plan', '--graph', 'shop.svg'], { cwd });
  expect([first.exitCode, first.stdout]).toEqual([0, `${join(cwd, 'shop.svg')}\n`]);
  const text = readFileSync(join(cwd, 'shop.svg'), 'utf8');
  expect(text).toMatch(/^<svg .*<\/svg>\n$/s);
  const second = await runCdkpipe(['plan', '--graph', 'shop.svg', '--json'], { cwd });
  expect(JSON.parse(second.stdout)).toMatchObject({ graph: { format: 'svg', summarized: false } });
  expect(readFileSync(join(cwd, 'shop.svg'), 'utf8')).toBe(text);
  expect(readdirSync(cwd).toSorted()).toEqual(['cdkpipe.config.ts', 'shop.svg']);
});

test('plan --graph is refused before the stacks are built where the file has no format, or is a directory', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': 'throw new Error("was built")', 'here.svg/file': '' });
  const unknown = await runCdkpipe(['plan', '--graph', 'shop.png'], { cwd });
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('.svg, .html, .mmd, .md, .dot, .json');
  const directory = await runCdkpipe(['plan', '--graph', 'here.svg'], { cwd });
  expect(directory.exitCode).toBe(2);
  expect(directory.stderr).toContain('it is a directory');
  expect(unknown.stderr + directory.stderr).not.toContain('was built');
});

test('plan --summary names each gate, and a stage that does not exist is refused', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition() });
  const { exitCode, stdout } = await runCdkpipe(['plan', '--summary', '--stage', 'Beta'], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/└─ Beta\n.* 1 stack, \d+ actions/);
  const refused = await runCdkpipe(['plan', '--stage', 'Bta'], { cwd });
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('STAGE_UNKNOWN');
});
