import { expect, test } from 'vitest';
import { findHeldUp } from './held-up.ts';

const after = new Map([
  ['A', []],
  ['B', []],
  ['A/Sign', ['A']],
  ['B2', ['B']],
  ['B3', ['B2']],
]);

test('an action is held up by those of the run order before that it does not come after', () => {
  const ranks = [['A', 'B'], ['A/Sign', 'B2'], ['B3']];
  expect(findHeldUp(after, [{ name: 'Prod', group: 'Prod', ranks }])).toEqual(
    new Map([
      ['A/Sign', ['B']],
      ['B2', ['A']],
      ['B3', ['A/Sign']],
    ]),
  );
});

test('nothing is held up by the stage before, which it waits for as a whole', () => {
  const stages = [
    { name: 'Prod', group: 'Prod', ranks: [['A', 'B']] },
    { name: 'Prod.2', group: 'Prod', ranks: [['A/Sign', 'B2']] },
  ];
  expect(findHeldUp(after, stages)).toEqual(new Map());
});
