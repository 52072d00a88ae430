import codebuild from '@cdkpipe/plugin-codebuild-approval';
import manual from '@cdkpipe/plugin-manual-approval';
import { rehearse, render } from '@cdkpipe/testkit';
import { describePlugin } from '@cdkpipe/testkit/vitest';
import { expect, test } from 'vitest';
import plugin, { kindName } from './index.ts';

describePlugin(plugin);

const step = kindName('Look', { url: 'https://example.com/' });
const plugins = [codebuild, manual];

test('on CodePipeline a build asks the page, and an approval leads to it', async () => {
  const { actions, projects } = await render(plugin, step, { plugins });
  expect(actions.map(({ kind, declaration }) => [kind, declaration.category])).toEqual([
    ['codebuild', 'Test'],
    ['manual', 'Approval'],
  ]);
  expect(projects).toMatchObject([{ env: { URL: 'https://example.com/' } }]);
});

test('on this machine nobody is asked about a page that does not answer', async () => {
  const { approved, question } = await rehearse(plugin, step, {
    plugins,
    workspace: async () => '.',
    build: async () => ({ approved: false, reason: 'curl ended with exit code 22' }),
  });
  expect({ approved, question }).toEqual({ approved: false, question: undefined });
});
