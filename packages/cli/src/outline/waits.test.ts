import { expect, test } from 'vitest';
import type { OutlinedAction } from './outline.ts';
import { waitsOf } from './waits.ts';

const action = (id: string, runOrder: number, after: string[], extra: Partial<OutlinedAction> = {}) =>
  ({
    id,
    name: id,
    type: 'execute',
    runOrder,
    after,
    subject: id,
    path: '',
    heldUpBy: [],
    deployment: 'Beta',
    stack: id,
    ...extra,
  }) as const;

const network = action('Network', 1, []);
const data = action('Data', 1, []);

test('who waits for everything before it needs no words', () => {
  expect(waitsOf(action('Api', 2, ['Network', 'Data']), [network, data])).toEqual([]);
});

test('who waits for only some of it names that', () => {
  expect(waitsOf(action('Api', 2, ['Data']), [network, data])).toEqual(['Data']);
});

test('that a stack waits for its own change set, and for the review of it, needs no words', () => {
  const review = action('Review', 1, [], { type: 'review', stacks: ['Api'] });
  const prepare = action('Api:prepare', 1, [], { type: 'prepare', stack: 'Api' });
  expect(waitsOf(action('Api', 2, ['Review']), [review, network])).toEqual([]);
  expect(waitsOf(action('Api', 2, ['Api:prepare']), [prepare, network])).toEqual([]);
});

test('other deployments of the wave are no part of it', () => {
  const elsewhere = action('Elsewhere', 1, [], { deployment: 'Other' });
  expect(waitsOf(action('Api', 2, ['Data']), [data, elsewhere])).toEqual([]);
});
