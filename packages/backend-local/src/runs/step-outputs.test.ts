/** What steps around the build leave behind, in whole runs: who gets it, who does not, and that it outlives a process. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeProject, type TestProject, type TestRun } from './project.test.fixture.ts';

interface Steps {
  readonly before?: string;
  readonly commands?: readonly string[];
  readonly after?: string;
  readonly approval?: string;
}

const definition = ({ before, commands = [], after, approval = "manual('Look')" }: Steps) => `
import { build, defineConfig, deploy, parallel, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => { new CfnTopic(new Stack(stage, 'Api'), 'Topic'); };
const env = { account: '222222222222', region: 'eu-west-1' };
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval, manualApproval],
  source: source.codeCommit('shop'),
  additionalSources: { assets: source.s3('acme', 'assets.zip') },
  build: build({
    commands: ${JSON.stringify([...commands, 'cp -r prebuilt cdk.out'])},
    ${before ? `before: ${before},` : ''}
    ${after ? `after: ${after},` : ''}
  }),
  waves: [wave('Beta', [deploy('Beta', { env, stacks: app, approvals: [${approval}] })])],
});
`;

const making = (name: string, output: string, commands = 'mkdir -p out/deep && echo made > out/deep/file') =>
  `codebuild('${name}', { commands: ['${commands}'], output: ${output} })`;
const types = making('Types', "{ from: 'out', to: 'lib/types' }");
const approve = { decision: 'approve' } as const;

let project: TestProject;
beforeAll(async () => {
  project = makeProject(definition({}), { 'own.txt': 'of the source' });
  await project.synthesize();
  execFileSync('cp', ['-r', 'cdk.out', 'prebuilt'], { cwd: project.directory });
  mkdirSync(join(project.directory, 'assets'));
});

const run = async (steps: Steps, change: Parameters<TestProject['run']>[0] = {}): Promise<TestRun> => {
  project.define(definition(steps));
  if (change.skipBuild) await project.synthesize();
  return project.run({ skipBuild: false, answers: [{ step: '*', ...approve }], ...change });
};

const reasonsOf = ({ events }: TestRun) =>
  events.flatMap((event) => (event.type === 'actionEnded' && event.outcome === 'failed' ? [event.reason] : []));

test('the output of a step before the build lies in the build, and in later steps that ask for it', async () => {
  const reading = "codebuild('Read', { commands: ['cat lib/types/deep/file'], inputs: ['lib/types'] })";
  const { end, lines } = await run({
    before: `[${types}, ${reading}]`,
    commands: ['cat lib/types/deep/file'],
    after: "codebuild('Blind', { commands: ['test ! -e lib'] })",
  });
  expect(end).toBe('succeeded');
  expect(lines).toEqual(expect.arrayContaining(['build:step/Read made', 'build made']));
});

test('the output of a step after the build reaches an approval, also in a run that was cut and goes on', async () => {
  const steps: Steps = {
    after:
      "codebuild('Scan', { commands: ['mkdir report && ls cdk.out > report/files'], inputs: ['cdk.out'], output: 'report' })",
    approval:
      "manual('Look'), codebuild('Read', { commands: ['grep manifest.json report/files'], inputs: ['report'] })",
  };
  const first = await run(steps, { answers: [] });
  expect(first.end).not.toBe('succeeded');
  const second = await run(steps, { resume: first.run });
  expect([second.end, second.lines]).toEqual(['succeeded', expect.arrayContaining(['Beta/Read manifest.json'])]);
});

test('a build that is run again after a crash still finds what was made before it', async () => {
  const home = join(project.directory, 'node_modules');
  mkdirSync(home, { recursive: true });
  const environment = { ...process.env, HOME: home };
  const waiting = 'echo begun; until test -e "$HOME/go"; do sleep 0.05; done';
  const steps: Steps = { before: types, commands: [waiting, 'cat lib/types/deep/file'] };
  const kill = new AbortController();
  let cut = '';
  project.define(definition(steps));
  await project.run({
    skipBuild: false,
    environment,
    kill: kill.signal,
    observe: (news) => {
      if (news.type === 'run') cut = news.run;
      if (news.type === 'log' && news.node === 'build' && news.line === 'begun') kill.abort();
    },
  });
  writeFileSync(join(home, 'go'), '');
  const { end, lines } = await run(steps, { resume: cut, environment });
  expect([end, lines.filter((line) => line.startsWith('build:step/Types')), lines.includes('build made')]).toEqual([
    'succeeded',
    [],
    true,
  ]);
});

test.each<[string, Steps, string]>([
  [
    'would lie where the source holds files',
    { before: making('Own', "{ from: 'out', to: 'prebuilt' }") },
    '"prebuilt" of the source already holds files',
  ],
  [
    'lies in that of another',
    { before: `[${types}, ${making('Own', "{ from: 'out', to: 'lib' }")}]` },
    'STEP_OUTPUT_TAKEN',
  ],
  [
    'is wanted by a step beside it',
    { before: `parallel(${types}, codebuild('Read', { commands: ['true'], inputs: ['lib/types'] }))` },
    'there is no input "lib/types" here, only assets, cdk.out',
  ],
])('a run fails where the output of a step %s', async (_title, steps, reason) => {
  const ended = await run(steps);
  expect([ended.end, reasonsOf(ended)]).toEqual(['failed', [expect.stringContaining(reason)]]);
});

test('a gate that has an output is refused before its commands run', async () => {
  const ended = await run({ approval: making('Own', "'lib'", 'echo ran; mkdir lib') });
  expect([ended.end, reasonsOf(ended)]).toEqual(['failed', [expect.stringContaining('STEP_OUTPUT_MISPLACED')]]);
  expect(ended.lines).not.toContain('Beta/Own ran');
});

test('without the build nobody has made the input, and the step that asks for it says so', async () => {
  const ended = await run(
    { before: types, approval: "codebuild('Read', { commands: ['true'], inputs: ['lib/types'] })" },
    { skipBuild: true },
  );
  expect([ended.end, reasonsOf(ended)]).toEqual(['failed', [expect.stringContaining('with --skip-build')]]);
  expect(existsSync(join(project.directory, '.cdkpipe', 'runs', ended.run, 'outputs'))).toBe(false);
});
