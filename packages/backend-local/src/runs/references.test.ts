/** Values that a run on this machine knows: of its sources, and of the pipeline's variables. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeProject, type TestProject } from './project.test.fixture.ts';

const definition = `
import { build, defineConfig, deploy, source, variable, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => { new CfnTopic(new Stack(stage, 'Api'), 'Topic'); };
const env = {
  COMMIT: source.attribute('commitId'), MESSAGE: source.attribute('commitMessage'), BRANCH: source.attribute('branch'),
  URL: source.attribute('commitUrl'), REPOSITORY: source.attribute('repository'), DATE: source.attribute('authorDate'),
  LEVEL: variable('Level'), TENANT: variable('Tenant'),
};
const commands = ['printf "%s|" "$COMMIT" "$MESSAGE" "$BRANCH" "$URL" "$REPOSITORY" "$DATE" "$LEVEL" "$TENANT"; echo'];
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval],
  source: source.github('acme/shop', { trigger: 'none' }),
  additionalSources: { assets: source.s3('acme', 'assets.zip') },
  variables: { Level: { default: 'smoke' }, Tenant: {} },
  build: build({ commands: [...commands, 'echo "context $CDKPIPE_CONTEXT"', 'cp -r prebuilt cdk.out'], env }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: app,
        approvals: [codebuild('Show', { commands, env }), codebuild('Etag', { commands: ['true'], env: { E: source.attribute('etag', 'assets') } })],
      }),
    ]),
  ],
});
`;

let project: TestProject;
let commit: string;
beforeAll(async () => {
  project = makeProject(definition);
  const cwd = project.directory;
  await project.synthesize();
  execFileSync('cp', ['-r', 'cdk.out', 'prebuilt'], { cwd });
  mkdirSync(join(cwd, 'assets'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
  git('init', '-q', '-b', 'trunk');
  git('add', '-A', 'cdkpipe.config.ts', 'prebuilt');
  const message = 'Say "hello"\n\n$(touch pwned) | \'quoted\'';
  git(
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.com',
    'commit',
    '-q',
    '-m',
    message,
    '--date',
    '2026-12-24T17:30:00Z',
  );
  commit = git('rev-parse', 'HEAD');
});

test('the context of the command line reaches the build, and is kept for a run that is resumed', async () => {
  const { lines, events } = await project.run({
    skipBuild: false,
    variables: { Tenant: 'x' },
    context: { stage: 'a "b" $(c)' },
  });
  expect(lines).toContain(String.raw`build context {"stage":"a \"b\" $(c)"}`);
  expect(events[0]).toMatchObject({ context: { stage: 'a "b" $(c)' } });
});

test('attributes of the commit and variables reach the build and the checks as they are', async () => {
  const { end, lines, events } = await project.run({ skipBuild: false, variables: { Tenant: 'a=$(b) "c"' } });
  const expected = [
    `${commit}|Say "hello"`,
    '',
    `$(touch pwned) | 'quoted'|trunk|https://github.com/acme/shop/commit/${commit}|acme/shop|2026-12-24T17:30:00+00:00|smoke|a=$(b) "c"|`,
  ];
  for (const node of ['build', 'Beta/Show'])
    expect(lines.join('\n')).toContain(expected.map((line) => `${node} ${line}`).join('\n'));
  expect(events[0]).toMatchObject({ variables: { Level: 'smoke', Tenant: 'a=$(b) "c"' } });

  expect(end).toBe('failed');
  expect(events.at(-1)).toMatchObject({
    reason: expect.stringContaining('source.attribute("etag", "assets") has no value on this machine'),
  });
});

test.each([
  ['VARIABLE_MISSING', {}],
  ['VARIABLE_NOT_DECLARED', { Tenant: 'a', Levle: 'full' }],
])('a run does not begin with %s', async (code, variables) => {
  await expect(project.run({ variables })).rejects.toMatchObject({ code });
});

const exporting = (commands: string, from = "exported('Build', 'VERSION')") => `
import { build, defineConfig, deploy, exported, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild, secret } from '@cdkpipe/plugin-codebuild-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => { new CfnTopic(new Stack(stage, 'Api'), 'Topic'); };
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['cp -r prebuilt cdk.out', "VERSION='1 $(x) q|q'"], exports: ['VERSION'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: app,
        approvals: [
          codebuild('Make', { commands: ['${commands}'], exports: ['RESULT'], env: { P: secret('tester') } }),
          codebuild('Show', { commands: ['echo "[$VERSION] [$RESULT]"'], env: { VERSION: ${from}, RESULT: exported('Make', 'RESULT') } }),
        ],
      }),
    ]),
  ],
});
`;
const environment = { ...process.env, CDKPIPE_SECRET_TESTER: 'hunter2-hunter2' };

test('variables that the build and a step export reach later steps as they are, also after exit', async () => {
  project.define(exporting('RESULT=fine; exit 0'));
  const { end, lines } = await project.run({ skipBuild: false, environment });
  expect(lines).toContain('Beta/Show [1 $(x) q|q] [fine]');
  expect(end).toBe('succeeded');
});

test.each([
  ['true', 'the commands have not set what the step exports: RESULT'],
  ['RESULT="x$P"', 'RESULT is exported and holds the value of a secret'],
])('a step that exports nothing, or a secret, fails: %s', async (commands, reason) => {
  project.define(exporting(commands));
  const { end, events } = await project.run({ skipBuild: false, environment });
  expect([end, events.at(-1)]).toEqual([
    'failed',
    expect.objectContaining({ reason: expect.stringContaining(reason) }),
  ]);
  expect(JSON.stringify(events)).not.toContain('hunter2');
});

test('what the build exports is not known where it was skipped', async () => {
  project.define(exporting('RESULT=fine'));
  await project.synthesize();
  const { events } = await project.run({ environment });
  expect(events.at(-1)).toMatchObject({ reason: expect.stringContaining('build did not run its commands here') });
});
