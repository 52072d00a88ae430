/** What lets a gate pass: its plugin saying `true`, and nothing that only looks like it. */
import { expect, test } from 'vitest';
import { makeProject } from '../runs/project.test.fixture.ts';

const definition = `
import { build, defineConfig, defineKind, definePlugin, defineRenderer, deploy, source, wave } from '@cdkpipe/core';
import { Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
const results = { later: { approved: 'later' }, one: { approved: 1 }, nothing: undefined, yes: { approved: true } };
const plugin = definePlugin({
  name: 'odd', api: 1,
  kinds: [defineKind({ name: 'odd', summary: 'Odd.', positions: ['approval'], examples: [] })],
  renderers: [
    defineRenderer({ backend: 'nothing', kind: 'odd', render: () => ({}) }),
    defineRenderer({ backend: 'local', kind: 'odd', render: (step) => ({ type: 'task', retry: 'safe', run: async () => results[step.name] }) }),
  ],
});
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [plugin],
  source: source.codeCommit('shop'),
  build: build({ commands: ['true'] }),
  waves: [wave('Beta', [deploy('Beta', {
    env: { account: '222222222222', region: 'eu-west-1' },
    stacks: (stage) => { new CfnTopic(new Stack(stage, 'Api'), 'Topic'); },
    approvals: [{ kind: 'odd', name: 'NAME' }],
  })])],
});
`;

test.each(['later', 'one', 'nothing'])(
  'a gate whose plugin says %s has not passed, and the run stops',
  async (name) => {
    const project = makeProject(definition.replace('NAME', name));
    await project.synthesize();
    await expect(project.run()).rejects.toMatchObject({
      source: 'plugin',
      problems: [{ code: 'TASK_RESULT_INVALID', plugin: 'odd', node: `Beta/${name}` }],
    });
  },
);

test('a gate whose plugin says yes has passed', async () => {
  const project = makeProject(definition.replace('NAME', 'yes'));
  await project.synthesize();
  expect((await project.run()).end).toBe('succeeded');
});
