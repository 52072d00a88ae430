import { afterEach, expect, test, vi } from 'vitest';
import { planOf } from '../engine/plan.test.fixture.ts';
import { findHoldingGates, startedWhileOpen } from './hold-back.ts';
import * as schedule from './schedule.ts';

vi.mock('./schedule.ts', async (load) => {
  const real = await load<typeof schedule>();
  return { ...real, findReady: vi.fn(real.findReady) };
});
afterEach(() => {
  vi.mocked(schedule.findReady).mockRestore();
});

const plan = planOf([
  { id: 'a' },
  { id: 'gate', kind: 'question', after: ['a'] },
  { id: 'held', after: ['gate'] },
  { id: 'beside', after: ['a'] },
  { id: 'next', group: 'Next' },
  { id: 'last', kind: 'question', group: 'Next', after: ['next'] },
]);

test('while an action is under way, a run starts what does not wait for it, and no later group', () => {
  expect([...startedWhileOpen(plan, 'gate')]).toEqual(['a', 'gate', 'beside']);
  expect([...startedWhileOpen(plan, 'last')]).toEqual(['a', 'gate', 'beside', 'held', 'next', 'last']);
});

test('each gate is found where the scheduler holds back what stands behind it', () => {
  expect(findHoldingGates(plan)).toEqual(['gate', 'last']);
});

test('a gate that the scheduler passes by, or never comes to, is not found', () => {
  const started = (state: Parameters<typeof schedule.findReady>[1], ids: readonly string[]) =>
    plan.nodes.filter(({ id }) => ids.includes(id) && !state.nodes.has(id));
  vi.mocked(schedule.findReady).mockImplementation((_, state) => started(state, ['a', 'gate', 'held']));
  expect(findHoldingGates(plan)).toEqual([]);
  vi.mocked(schedule.findReady).mockImplementation((_, state) => started(state, ['a', 'gate', 'next', 'last']));
  expect(findHoldingGates(plan)).toEqual(['last']);
});
