import type { Plan } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { chooseRetry } from './choose-retry.ts';
import { emptyRun, type NodeState } from './run-state.ts';

const plan = { nodes: [{ id: 'Beta/Migrate', type: 'approve', deployment: 'Beta' }] } as unknown as Plan;
const failed = (change: Partial<NodeState>): NodeState => ({
  phase: 'ended',
  outcome: 'failed',
  attempt: 1,
  since: '',
  answers: [],
  ...change,
});
const choose = (node: NodeState) =>
  chooseRetry('r', plan, {
    ...emptyRun,
    ended: { outcome: 'failed', at: '' },
    nodes: new Map([['Beta/Migrate', node]]),
  });

test.each(['safe', 'ask'] as const)('a step with retry: %s runs again', (retry) => {
  expect(choose(failed({ retry }))).toEqual({ nodes: ['Beta/Migrate'], problems: [] });
});

test('a step with retry: never does not', () => {
  expect(choose(failed({ retry: 'never' })).problems).toMatchObject([{ code: 'NOT_RETRYABLE' }]);
});

test('what a check has rejected by itself may be checked again', () => {
  expect(choose(failed({ outcome: 'rejected', retry: 'safe' })).problems).toEqual([]);
});
