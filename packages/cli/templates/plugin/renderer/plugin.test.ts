import { rehearse, render } from '@cdkpipe/testkit';
import { describePlugin } from '@cdkpipe/testkit/vitest';
import { expect, test } from 'vitest';
import plugin, { kindName } from './index.ts';

describePlugin(plugin);

const step = kindName('Look', { url: 'https://example.com/' });

test('on CodePipeline it is an approval that leads to the page', async () => {
  const { declaration, grants } = await render(plugin, step);
  expect(declaration).toMatchObject({
    category: 'Approval',
    configuration: { CustomData: 'Is all well?', ExternalEntityLink: 'https://example.com/' },
  });
  expect(grants).toEqual([]);
});

test('on this machine a person decides', async () => {
  const { approved, question } = await rehearse(plugin, step, { answer: 'reject' });
  expect(approved).toBe(false);
  expect(question).toMatchObject({ comment: 'Is all well?', link: 'https://example.com/' });
});
