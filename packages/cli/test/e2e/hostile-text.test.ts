/** Whatever others write, no command passes it to a terminal as something that a terminal obeys. */
import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { makeDirectory, type Outcome, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const hostile = '\u001b[2J\u001b]0;x\u0007\u009b1A\rwas\u202eit\u200b\u{e0041}\u2028not';

/** Everything that a terminal obeys or does not show, but for line feeds and our own colours. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
  /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]|[\u{e0000}-\u{e007f}]|\u001b(?!\[(?:1|2|22|31|32|33|36|39)m)/u;

const quoted = JSON.stringify(hostile);
const config = (more: string) => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
${more}
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval, manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: (stage) => { new Topic(new Stack(stage, 'Shop'), 'Topic'); },
        approvals: [
          codebuild('Smoke', { commands: ["printf '\\\\033[2J\\\\033[32mgreen\\\\033[0m\\\\rgone\\\\n\\\\tsecond\\\\n'"] }),
          manual('Go', { comment: ${JSON.stringify(`please ${hostile}`)} }),
        ],
      }),
    ]),
  ],
});
`;

let cwd: string;
beforeAll(() => {
  cwd = makeDirectory({ 'cdkpipe.config.ts': config('') });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd });
  git('init', '-q');
  git('commit', '-q', '--allow-empty', '-m', hostile);
});

const colours = { FORCE_COLOR: '1' };
const expectVisible = ({ stdout, stderr }: Outcome) => {
  expect(stdout).not.toMatch(unseen);
  expect(stderr).not.toMatch(unseen);
};

test('a definition that throws it, with --debug, --json and in colour', async () => {
  const directory = makeDirectory({ 'cdkpipe.config.ts': config(`throw new Error(${quoted});`) });
  for (const flag of ['--debug', '--json']) {
    const outcome = await runCdkpipe(['plan', flag], { cwd: directory, env: colours });
    expect(outcome).toMatchObject({ exitCode: 2 });
    expectVisible(outcome);
    if (flag === '--json') expect(JSON.parse(outcome.stdout).errors[0].message).toContain('\u001b[2J');
    else expect(outcome.stderr).toContain('\\u{1b}[2J');
  }
});

test('a run: the question, the log, the reason, the list', async () => {
  expect(await runCdkpipe(['synth', '--no-validate', '--quiet'], { cwd })).toMatchObject({ exitCode: 0 });
  const waiting = await runCdkpipe(['run', '--rehearse', '--skip-build'], { cwd, env: colours });
  expect(waiting).toMatchObject({ exitCode: 5 });
  expectVisible(waiting);
  expect(waiting.stdout).toContain('please \\u{1b}[2J\\u{1b}]0;x\\u{7}\\u{9b}1A\\u{d}was\\u{202e}it');
  const run = /--resume ([\w-]+)/.exec(waiting.stdout)?.[1] ?? 'none';

  const log = await runCdkpipe(['runs:show', run, '--log', 'Beta/Smoke'], { cwd });
  expectVisible(log);
  expect(log.stdout).toContain('\\u{1b}[2Jgreen\\u{d}gone\n\tsecond');

  const rejected = await runCdkpipe(['reject', run, 'Beta/Go', '--reason', hostile, '--user', hostile], { cwd });
  expectVisible(rejected);
  for (const command of [['runs:show', run], ['runs'], ['runs', '--json'], ['runs:show', run, '--json']])
    expectVisible(await runCdkpipe(command, { cwd, env: colours }));
});
