import type { Plan, PlanNode } from '@cdkpipe/core';
import { afterEach, describe, expect, it } from 'vitest';
import { codepipeline } from '../backend.ts';
import { type DeploymentFixture, type PlanFixture, planOf } from '../fixture/plan.test.fixture.ts';
import { removeRendered, renderPlan, type Template } from '../fixture/render.test.fixture.ts';
import { optionsSchema } from '../options/options.ts';

afterEach(removeRendered);

/** A wave of deployments with 5 actions each, beside their publishers. */
const wave = (count: number, more: (index: number) => Partial<DeploymentFixture> = () => ({})) =>
  Array.from({ length: count }, (_, index) => ({
    name: `D${index}`,
    wave: 'Prod',
    stacks: [{ id: 'Data' }, { id: 'Api' }],
    approvals: ['Sign'],
    ...more(index),
  }));
const rendered = (fixture: PlanFixture, options = {}) => renderPlan(planOf(fixture), { options });
const layOut = (plan: Plan, options = {}) => codepipeline.layOut?.(plan, optionsSchema.parse(options));
const failuresOf = (pipeline: Template) =>
  Object.fromEntries(pipeline.Stages.map((stage: Template) => [stage.Name, stage.OnFailure?.Result]));

describe('a wave that is too large for a stage', () => {
  const large = { deployments: wave(20), gates: ['Window'] };

  it('is emitted over several, with every gate where it still holds back what is behind it', async () => {
    const { stages, inspection, pipeline } = await rendered(large);
    expect(Object.keys(stages).slice(3)).toEqual(['Prod', 'Prod.2', 'Prod.3']);
    for (const actions of Object.values(stages)) expect(actions.length).toBeLessThanOrEqual(50);
    expect(inspection.problems).toEqual([]);
    expect(inspection.gates).toHaveLength(21);
    expect(stages.Prod).toContain('Before.Window@1');
    expect(failuresOf(pipeline)).toMatchObject({ Prod: undefined, 'Prod.2': undefined });
  });

  it('has each deployment in one stage, and those of a stage at the same time', async () => {
    const { stages } = await rendered(large);
    expect(stages['Prod.3']?.filter((action) => action.startsWith('D19.'))).toEqual([
      'D19.Data.Prepare@1',
      'D19.Api.Prepare@1',
      'D19.Data.Execute@2',
      'D19.Api.Execute@3',
      'D19.Sign@4',
    ]);
    expect(stages['Prod.3']?.filter((action) => action.endsWith('.Sign@4'))).toHaveLength(5);
  });

  it('keeps the names of its actions when a step is added', async () => {
    const nameOf = (action: string) => action.split('@')[0];
    const names = async (fixture: PlanFixture) =>
      Object.values((await rendered(fixture)).stages)
        .flat()
        .map(nameOf);
    const before = await names(large);
    const after = await names({ ...large, deployments: wave(20, () => ({ approvals: ['Look', 'Sign'] })) });
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('shows in the layout where everything stands, and why', () => {
    const layout = layOut(planOf(large).plan);
    expect(layout?.stages.slice(3).map(({ name, group, ranks }) => [name, group, ranks.length])).toEqual([
      ['Prod', 'Prod', 5],
      ['Prod.2', 'Prod', 4],
      ['Prod.3', 'Prod', 4],
    ]);
    expect(layout?.notes).toEqual([
      {
        about: 'Prod',
        text: 'it stands in 3 stages (Prod, Prod.2, Prod.3), which follow each other, as its 121 actions are more than one stage may have',
      },
    ]);
  });

  it('says both reasons where a deployment rolls back by itself, too', () => {
    const deployments = wave(20, (index) => (index === 3 ? { rollback: 'auto' } : {}));
    expect(layOut(planOf({ deployments }).plan)?.notes[0]?.text).toMatch(
      /follow each other, as a rollback takes back everything in a stage, and its \d+ actions are more than one stage/,
    );
  });

  it('has room for what passes a review by itself, which stands beside the review only if its kind wants that', async () => {
    const reviewed = (count: number) => wave(count, () => ({ changes: ['Look'] }));
    const drawStep = (node: PlanNode) => ({
      category: 'Approval' as const,
      provider: 'Manual',
      configuration: {},
      ...(node.type === 'review' ? { passUnless: ['changes'] as const } : {}),
    });
    const { stages, inspection } = await renderPlan(planOf({ deployments: reviewed(6) }), {
      drawStep,
      options: { actionsPerStage: 56 },
    });
    // 54 actions would fit into one stage, and six more beside the reviews would not.
    expect(Object.values(stages).map(({ length }) => length)).toEqual([1, 1, 1, 51, 9]);
    expect(inspection.problems).toEqual([]);
  });

  it('fits into fewer where the account may have more actions in a stage', async () => {
    expect(Object.keys((await rendered(large, { actionsPerStage: 100 })).stages).slice(3)).toEqual(['Prod', 'Prod.2']);
  });
});

describe('what is added around reviews', () => {
  it('stands in the layout with its place, and with what it comes after and before', () => {
    const deployments = [{ name: 'Prod', stacks: [{ id: 'Data' }, { id: 'Api' }], changes: ['Look'] }];
    const stage = layOut(planOf({ deployments }).plan)?.stages.at(-1);
    const common = { deployment: 'Prod', stacks: ['Data', 'Api'], subject: 'Prod, 2 change sets' };
    expect(stage?.ranks.map(({ length }) => length)).toEqual([1, 2, 0, 1, 0, 1, 1]);
    expect(stage?.additions).toMatchObject([
      {
        ...common,
        type: 'report',
        name: 'Prod@ReportChanges',
        rank: 2,
        after: ['Prod/Data:prepare', 'Prod/Api:prepare'],
        before: ['Prod/Look:review'],
      },
      {
        ...common,
        type: 'verify',
        name: 'Prod@VerifyChanges',
        rank: 4,
        after: ['Prod:changes:report', 'Prod/Look:review'],
        before: ['Prod/Data:execute', 'Prod/Api:execute'],
      },
    ]);
  });

  it('is nothing where nobody reviews', () => {
    expect(layOut(planOf({ deployments: wave(1) }).plan)?.stages.at(-1)).not.toHaveProperty('additions');
  });
});

describe('rollback', () => {
  const two = wave(2);

  it('of a wave makes its stage roll back when it fails, and no other', async () => {
    const beta = { name: 'Beta', stacks: [{ id: 'Api' }] };
    const { pipeline, inspection } = await rendered({ deployments: [beta, ...two], rollback: { wave: 'Prod' } });
    expect(failuresOf(pipeline)).toEqual({ Source: undefined, Prod: 'ROLLBACK' });
    expect(inspection.problems).toEqual([]);
  });

  it('asks the gates before the wave only once: they stand in a stage before', async () => {
    const { stages, pipeline, inspection } = await rendered({
      deployments: two,
      gates: ['Window'],
      rollback: { wave: 'Prod' },
    });
    expect(stages['Prod.before']).toEqual([
      'Before.Window@1',
      'Publish.D0.111111111111.eu-west-1@1',
      'Publish.D1.111111111111.eu-west-1@1',
    ]);
    expect(failuresOf(pipeline)).toMatchObject({ 'Prod.before': undefined, Prod: 'ROLLBACK' });
    expect(inspection.gates).toContain('Prod:before/Window');
  });

  it('says that a run which has passed those gates may have to wait behind them', () => {
    const noted = (fixture: PlanFixture) => layOut(planOf(fixture).plan)?.notes.map(({ text }) => text) ?? [];
    expect(noted({ deployments: two, gates: ['Window'], rollback: { wave: 'Prod' } })).toContain(
      'a run that has passed Prod:before/Window waits while another is in the stage Prod, and is not asked again when it enters',
    );
    expect(noted({ deployments: two, gates: ['Window'] }).join()).not.toContain('a run that has passed');
  });

  it('of a deployment gives it a stage of its own, so that no other is taken back', async () => {
    const deployments = wave(3, (index) => (index === 1 ? { rollback: 'auto' } : {}));
    const { stages, pipeline, inspection } = await rendered({ deployments });
    const deploymentsIn = (stage: string) => [...new Set(stages[stage]?.map((action) => action.split('.')[0]))];
    expect(deploymentsIn('Prod')).toEqual(['Publish', 'D0', 'D2']);
    expect(deploymentsIn('Prod.2')).toEqual(['D1']);
    expect(failuresOf(pipeline)).toMatchObject({ Prod: undefined, 'Prod.2': 'ROLLBACK' });
    expect(inspection.problems).toEqual([]);
    expect(inspection.gates).toHaveLength(3);
  });

  it('grants the role of the pipeline nothing more: CodePipeline starts it by itself', async () => {
    const statements = async (fixture: PlanFixture) =>
      (await rendered(fixture)).resource('AWS::IAM::Role', 'Role').Policies;
    expect(await statements({ deployments: two, rollback: { wave: 'Prod' } })).toEqual(
      await statements({ deployments: two }),
    );
  });

  it('says in the layout what is deployed again, and which gates that passes', () => {
    const layout = layOut(planOf({ deployments: two, rollback: { wave: 'Prod' } }).plan);
    expect(layout?.stages.at(-1)).toMatchObject({ name: 'Prod', rollback: 'Prod' });
    expect(layout?.notes).toEqual([
      {
        about: 'Prod',
        text: 'when the stage Prod fails, its last successful run is deployed again; that passes its gates again (D0/Sign, D1/Sign)',
      },
    ]);
  });
});
