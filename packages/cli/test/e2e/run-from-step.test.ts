/** A step decides nothing about its own run, in whatever way it calls cdkpipe. */
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { makeDirectory, type Outcome, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** The step waits until the gate beside it is asked, then tries to answer it from the project's directory. */
const smoke = [
  'store=$(cd ../../../../.. && pwd)',
  'run=$(basename "$(cd ../../.. && pwd)")',
  'cd "$store/.."',
  `try() { "$@" && echo "passed: $*" || echo "refused: $*"; }`,
  `try node ${program} approve "$run" Beta/Go --user eve`,
  `try env -u CDKPIPE_STEP_ID node ${program} approve "$run" Beta/Go --user eve`,
  `try setsid -w env -i PATH="$PATH" HOME="$HOME" node ${program} approve "$run" Beta/Go --user eve`,
  `try env -u CDKPIPE_STEP_ID node ${program} reject "$run" Beta/Go --reason no`,
  `try node ${program} run --rehearse --resume "$run" --approve '*'`,
  `try node ${program} rollback "$run" --yes`,
];

const definition = `
import { build, defineConfig, deploy, parallel, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => { new Topic(new Stack(stage, 'Shop'), 'Topic'); };
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval, manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['true'] }),
  waves: [wave('Beta', [deploy('Beta', {
    env: { account: '222222222222', region: 'eu-west-1' },
    stacks: app,
    approvals: [parallel(manual('Go'), codebuild('Smoke', { commands: ${JSON.stringify(smoke)} }))],
  })])],
});
`;

let outcome: Outcome;

beforeAll(async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition });
  const made = await runCdkpipe(['synth', '--no-validate'], { cwd });
  expect(made.exitCode, made.stderr).toBe(0);
  outcome = await runCdkpipe(['run', '--rehearse', '--skip-build', '--json'], { cwd });
});

test('a step that approves, rejects, resumes or rolls back is refused, and the gate waits for a person', () => {
  const lines = outcome.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; line?: string });
  const said = lines.flatMap(({ type, line = '' }) => (type === 'log' ? [line] : []));
  expect(said.filter((line) => line.startsWith('passed: '))).toEqual([]);
  expect(said.filter((line) => line.startsWith('refused: '))).toHaveLength(6);
  expect(said.filter((line) => line.includes('ANSWER_FROM_STEP')).length).toBeGreaterThanOrEqual(6);
  expect(lines.filter(({ type }) => type === 'answered')).toEqual([]);
  expect(outcome.exitCode).toBe(5);
});
