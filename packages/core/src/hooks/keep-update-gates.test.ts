import { expect, test } from 'vitest';
import { ask, problemsOf, registry, valid } from '../modelling/definition.test.fixture.ts';
import { planOf } from '../planner/plan.test.fixture.ts';
import { acceptingFor } from './accept-returned.ts';

test('a hook cannot take a gate before the update away', async () => {
  const { pipeline } = await planOf({ ...valid, update: { before: ask('Review') } });
  const { update: _, ...without } = pipeline;
  expect(await problemsOf(() => acceptingFor(registry)('model', without, pipeline))).toEqual([
    expect.objectContaining({
      code: 'GATE_LOST',
      message: expect.stringContaining('"UpdatePipeline:before/Review"'),
    }),
  ]);
});
