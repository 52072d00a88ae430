/** Parts of a buildspec in whole runs: of the build, of a step around it and of a gate. */
import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { makeProject, type TestProject } from './project.test.fixture.ts';

const definition = (gate = '{}', post = 'echo "post $A"') => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const app = (stage) => { new CfnTopic(new Stack(stage, 'Api'), 'Topic'); };
const env = { account: '222222222222', region: 'eu-west-1' };
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [codebuildApproval],
  source: source.codeCommit('shop'),
  build: build({
    installCommands: ['A="$A b"'],
    commands: ['A="$A c"', 'cp -r prebuilt cdk.out'],
    computeType: 'large',
    buildSpec: {
      env: { variables: { LEVEL: 'full' }, 'secrets-manager': { PASSWORD: 'orders/tester:password' } },
      phases: {
        install: { commands: ['A=a'] },
        build: { finally: ['echo "finally $A $LEVEL $PASSWORD"'] },
        post_build: { commands: ['${post}'] },
      },
    },
    after: codebuild('Scan', { commands: ['false'], buildSpec: { phases: { build: { 'on-failure': 'CONTINUE' } } } }),
  }),
  waves: [wave('Beta', [deploy('Beta', { env, stacks: app, approvals: [codebuild('Smoke', { commands: ['true'], buildSpec: ${gate} })] })])],
});
`;

let project: TestProject;
beforeAll(async () => {
  project = makeProject(definition());
  await project.synthesize();
  execFileSync('cp', ['-r', 'cdk.out', 'prebuilt'], { cwd: project.directory });
});

const environment = { ...process.env, CDKPIPE_SECRET_ORDERS_TESTER: '{"password":"hunter2"}' };
const run = (text: string) => {
  project.define(text);
  return project.run({ skipBuild: false, environment });
};

test('the build runs its phases in order, with the variables of its buildspec, and says what it leaves out', async () => {
  const { end, lines } = await run(definition());
  expect(end).toBe('succeeded');
  const printed = lines.filter((line) => line.startsWith('build ') && !line.startsWith('build $ '));
  expect(printed).toEqual([
    'build not on this machine: computeType',
    'build finally a b c full ***',
    'build post a b c',
  ]);
});

test.each([
  ['the build fails in post_build', definition('{}', 'exit 9'), 'build', 'failed with exit code 9'],
  [
    'a gate would go on after a failure',
    definition("{ phases: { build: { 'on-failure': 'CONTINUE' } } }"),
    'Beta/Smoke',
    'GATE_IGNORES_FAILURE',
  ],
])('a run fails where %s', async (_title, text, node, reason) => {
  const { end, events } = await run(text);
  expect([end, events.filter((event) => event.type === 'actionEnded' && event.outcome === 'failed')]).toEqual([
    'failed',
    [expect.objectContaining({ node, reason: expect.stringContaining(reason) })],
  ]);
});
