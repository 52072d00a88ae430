/** Help and slips of the keyboard run nothing of the directory in which they happen. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory, type Outcome, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const command = `import { writeFileSync } from 'node:fs';
import { Command } from '@oclif/core';
writeFileSync(new URL('../../canary', import.meta.url), '');
export default class Last extends Command { static summary = 'x'; async run() { this.log('the last report'); } }
`;

/** A directory that is a plugin of its own, as its author has it, or as somebody leaves it for others. */
function makePlugin(): string {
  return makeDirectory({
    'package.json': JSON.stringify({
      name: 'cdkpipe-plugin-report',
      version: '1.0.0',
      type: 'module',
      keywords: ['cdkpipe-plugin'],
      main: './index.js',
      cdkpipePlugin: { api: 1, hooks: ['plan'] },
      oclif: { commands: './commands' },
    }),
    'index.js': '',
    'commands/report/last.js': command,
  });
}

const ran = (cwd: string) => existsSync(join(cwd, 'canary'));

test('the list names the commands of plugins, and runs none of them', async () => {
  const cwd = makePlugin();
  const outcomes: Outcome[] = [];
  for (const args of [['--help'], ['-h'], ['help'], [], ['report'], ['report', '--help'], ['snyth']])
    outcomes.push(await runCdkpipe(args, { cwd }));
  expect(ran(cwd)).toBe(false);
  expect(outcomes[0]?.stdout).toMatch(/^ {2}report/m);
  expect(outcomes.at(-1)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('COMMAND_UNKNOWN') });
});

test('a command of a plugin that was typed runs', async () => {
  const cwd = makePlugin();
  expect(await runCdkpipe(['report:last'], { cwd })).toMatchObject({ exitCode: 0, stdout: 'the last report\n' });
  expect(ran(cwd)).toBe(true);
});
