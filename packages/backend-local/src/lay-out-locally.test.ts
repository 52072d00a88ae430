import { expect, test } from 'vitest';
import { planOf } from './engine/plan.test.fixture.ts';
import { layOutLocally } from './lay-out-locally.ts';

const sketches = [
  { id: 'Eu/Api:execute', group: 'Beta', deployment: 'Eu' },
  { id: 'Us/Api:execute', group: 'Prod', deployment: 'Us' },
];
const layOut = (...waves: readonly object[]) => layOutLocally(planOf(sketches, waves));

test('a wave that rolls back is marked, and the plan says how this machine does it', () => {
  const { stages, notes } = layOut(
    { name: 'Beta', deployments: [{ name: 'Eu' }] },
    { name: 'Prod', rollback: 'auto', deployments: [{ name: 'Us' }] },
  );
  expect(stages.map(({ name, rollback }) => [name, rollback])).toEqual([
    ['Beta', undefined],
    ['Prod', 'Prod'],
  ]);
  expect(notes).toEqual([{ about: 'Prod', text: expect.stringContaining('to what stood there before') }]);
});

test('of a deployment that rolls back the plan says so, but its wave does not go back', () => {
  const { stages, notes } = layOut({ name: 'Prod', deployments: [{ name: 'Eu' }, { name: 'Us', rollback: 'auto' }] });
  expect(stages.every(({ rollback }) => rollback === undefined)).toBe(true);
  expect(notes.map(({ about }) => about)).toEqual(['Us']);
});

test('no rank waits for another, as the engine starts what its edges let start', () => {
  expect(layOut().ranksWait).toBe(false);
});
