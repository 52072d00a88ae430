import { describe, expect, test } from 'vitest';
import { gatesOf } from '../model/gates.ts';
import { ask, check, problemsOf, valid } from '../modelling/definition.test.fixture.ts';
import { readGateLedger } from '../plan/gate-ledger.ts';
import { readGuards } from '../plan/guards.ts';
import { edgesOf, planOf, stack } from './plan.test.fixture.ts';

const gated = { ...valid, update: { before: [ask('Review'), { parallel: [ask('Legal'), ask('Safety')] }] } };

describe('gates before the update', () => {
  test('hold back the update, and with it every wave', async () => {
    const plan = await planOf(gated);
    expect(edgesOf(plan).slice(1, 7)).toEqual([
      'build <- source',
      'UpdatePipeline:before/Review <- build',
      'UpdatePipeline:before/Legal <- UpdatePipeline:before/Review',
      'UpdatePipeline:before/Safety <- UpdatePipeline:before/Review',
      'update <- UpdatePipeline:before/Legal, UpdatePipeline:before/Safety',
      'Beta:publish/222222222222/eu-west-1 <- update',
    ]);
    expect([...(readGuards(plan).get('UpdatePipeline:before/Legal') ?? [])].sort()).toEqual([
      'Beta/App:execute',
      'Beta/App:prepare',
      'Beta:publish/222222222222/eu-west-1',
      'update',
    ]);
  });

  test('stand in the ledger like any other gate', async () => {
    const plan = await planOf(gated);
    expect(gatesOf(plan.pipeline).map(({ id }) => id)).toEqual([
      'UpdatePipeline:before/Review',
      'UpdatePipeline:before/Legal',
      'UpdatePipeline:before/Safety',
    ]);
    expect([...readGateLedger(plan.pipeline, plan).values()]).toEqual([
      ['UpdatePipeline:before/Review'],
      ['UpdatePipeline:before/Legal'],
      ['UpdatePipeline:before/Safety'],
    ]);
  });

  test('stand all the same where the pipeline does not update itself, and the plan says what they do', async () => {
    const plan = await planOf(gated, [stack('App')], { selfUpdate: false });
    expect(plan.groups.map(({ name }) => name)).toEqual(['Source', 'Build', 'UpdatePipeline', 'Beta']);
    expect(edgesOf(plan)).toContain(
      'Beta:publish/222222222222/eu-west-1 <- UpdatePipeline:before/Legal, UpdatePipeline:before/Safety',
    );
    expect(plan.notes).toEqual([
      { about: 'UpdatePipeline', text: expect.stringContaining('the gates before its update hold back the waves') },
    ]);
  });

  test('are lowered where the backend cannot draw them', async () => {
    const both = { kind: 'askAndCheck', name: 'Both', options: { command: 'true' } };
    const refused = await problemsOf(() => planOf({ ...valid, update: { before: both } }));
    // `check` may not stand there, so the kind that lowers to it is at fault.
    expect(refused).toEqual([expect.objectContaining({ code: 'STEP_MISPLACED', path: 'update.before' })]);
  });

  test.each([
    [{ update: { before: check('Lint') } }, 'STEP_MISPLACED', 'update.before'],
    [{ update: { after: ask('Review') } }, 'UNKNOWN_KEY', 'update.after'],
    [{ update: { before: [ask('A'), ask('a')] } }, 'STEP_NAME_TAKEN', 'update.before[1].name'],
  ])('%j is refused with %s', async (change, code, path) => {
    expect(await problemsOf(() => planOf({ ...valid, ...change }))).toEqual([expect.objectContaining({ code, path })]);
  });
});

test('a definition without them is planned as ever', async () => {
  const plan = await planOf({ ...valid, update: {} });
  expect(plan.pipeline).not.toHaveProperty('update');
  expect(edgesOf(plan)[2]).toBe('update <- build');
});
