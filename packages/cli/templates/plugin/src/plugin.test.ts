import { describePlugin } from '@cdkpipe/testkit/vitest';
import { expect, test } from 'vitest';
import plugin, { kindName } from './index.ts';

describePlugin(plugin);

test('the helper makes a step of the kind', () => {
  const options = { url: 'https://example.com/' };
  expect(kindName('Look', options)).toEqual({ kind: 'kindName', name: 'Look', options });
});
