import { gatesOf } from '@cdkpipe/core';
import { afterEach, describe, expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { removeRendered, renderPlan } from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

describe('gates before the update', () => {
  it('stand in its stage, before it', async () => {
    const result = await renderPlan(planOf({ updateGates: ['Review'] }));
    expect(result.stages.UpdatePipeline).toEqual(['Before.Review@1', 'UpdatePipeline@2']);
    expect(result.inspection.gates).toContain('UpdatePipeline:before/Review');
  });

  it('keep their stage where the pipeline does not update itself', async () => {
    const planned = planOf({ updateGates: ['Review'], selfUpdate: false });
    const groups = [...planned.plan.groups];
    groups.splice(2, 0, { name: 'UpdatePipeline', type: 'update', path: 'update' });
    const result = await renderPlan(
      { ...planned, plan: { ...planned.plan, groups } },
      { options: { selfUpdate: false } },
    );
    expect(Object.keys(result.stages)).toEqual(['Source', 'Build', 'UpdatePipeline', 'Beta']);
    expect(result.inspection.gates).toEqual(['UpdatePipeline:before/Review']);
  });

  it('are missed when somebody moves the update before them', async () => {
    const planned = planOf({ updateGates: ['Review'] });
    const result = await renderPlan(planned, {
      options: {
        customize: ({ pipeline }) => {
          pipeline.addPropertyOverride('Stages.2.Actions.1.RunOrder', 1);
        },
      },
    });
    expect(gatesOf(planned.plan.pipeline).map(({ id }) => id)).toEqual(['UpdatePipeline:before/Review']);
    expect(result.inspection.gates).toEqual([]);
  });
});
