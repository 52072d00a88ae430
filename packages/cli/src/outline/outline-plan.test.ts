import { layOutByRank } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { ordersPlan } from './orders-plan.test.fixture.ts';
import { outlinePlan } from './outline-plan.ts';

const outline = outlinePlan(ordersPlan);
const actions = outline.stages.flatMap((stage) => stage.actions);
const find = (id: string) => actions.find((action) => action.id === id);

test('every node of the plan is one action, in the stage of its group', () => {
  expect(actions.map(({ id }) => id).sort()).toEqual(ordersPlan.nodes.map(({ id }) => id).sort());
  expect(outline.stages.map(({ name }) => name)).toEqual(['Source', 'Build', 'UpdatePipeline', 'Beta', 'Prod']);
});

test('an action comes in a later run order than all it waits for in its stage', () => {
  for (const stage of outline.stages) {
    const orders = new Map(stage.actions.map(({ id, runOrder }) => [id, runOrder]));
    for (const { runOrder, after } of stage.actions)
      for (const id of after) expect(orders.get(id) ?? 0).toBeLessThan(runOrder);
  }
});

test('a gate has its kind, its name in the ledger, and the plugin that brings it', () => {
  expect(find('Prod/ReviewChanges')).toMatchObject({
    type: 'review',
    runOrder: 3,
    kind: 'manual',
    gate: 'Prod/ReviewChanges',
    contributedBy: '@cdkpipe/plugin-manual-approval',
    deployment: 'Prod',
  });
  expect(actions.filter(({ gate }) => gate !== undefined)).toHaveLength(outline.totals.gates);
});

test('a stack with an environment of its own is shown there, not where its deployment is', () => {
  const env = { account: '222222222222', region: 'eu-central-1' };
  const nodes = ordersPlan.nodes.map((node) => (node.id === 'Prod/Api:execute' ? { ...node, env } : node));
  const actions = outlinePlan({ ...ordersPlan, nodes } as typeof ordersPlan).stages.flatMap((stage) => stage.actions);
  expect(actions.find(({ id }) => id === 'Prod/Api:execute')?.environment).toEqual(env);
});

test('environments are those of stacks, not of deployments; those in which only steps act are counted apart', () => {
  const at = (region: string) => ({ account: '222222222222', region });
  const nodes = ordersPlan.nodes.map((node) => {
    if (node.id === 'Prod/Api:execute') return { ...node, env: at('eu-central-1') };
    return node.id === 'Beta/Smoke' && 'step' in node
      ? { ...node, step: { ...node.step, runIn: at('ca-west-1') } }
      : node;
  });
  const { totals } = outlinePlan({ ...ordersPlan, nodes } as typeof ordersPlan);
  expect([outline.totals.environments, outline.totals.stepEnvironments]).toEqual([2, 0]);
  expect([totals.environments, totals.stepEnvironments]).toEqual([3, 1]);
});

test('stacks act in the environment of their deployment, gates where their code runs, if they run any', () => {
  expect(find('Prod/Api:execute')?.environment).toEqual({ account: '333333333333', region: 'us-east-1' });
  expect(find('Beta/Smoke')?.environment).toEqual({ account: '222222222222', region: 'eu-west-1' });
  expect(find('Prod/BetaIsHealthy')).not.toHaveProperty('environment');
});

test('a step around the build is where its code runs, the build itself beside the pipeline', () => {
  const runIn = { account: '222222222222', region: 'us-east-1' };
  const nodes = ordersPlan.nodes.map((node) =>
    node.type === 'build' && node.work.role === 'step'
      ? { ...node, work: { ...node.work, step: { ...node.work.step, runIn } } }
      : node,
  );
  const [, build] = outlinePlan({ ...ordersPlan, nodes }).stages;
  expect(build?.actions.map(({ environment }) => environment)).toEqual([runIn, ordersPlan.pipeline.env]);
});

test('a stage that is a part of a wave is outlined as the backend laid it out', () => {
  const wave = ordersPlan.nodes.filter(({ group }) => group === 'Prod').map(({ id }) => id);
  const { stages, notes, totals } = outlinePlan(ordersPlan, {
    stages: [
      { name: 'Prod', group: 'Prod', ranks: wave.slice(0, 4).map((id) => [id]) },
      { name: 'Prod.2', group: 'Prod', ranks: [wave.slice(4), ['not of the plan']], rollback: 'Prod' },
    ],
    notes: [{ about: 'Prod', text: 'laid over two' }],
  });
  expect(stages).toMatchObject([
    { name: 'Prod', type: 'wave', path: 'waves[1]' },
    { name: 'Prod.2', type: 'wave', path: 'waves[1]', rollback: 'Prod' },
  ]);
  expect(stages[1]?.actions.map(({ id, runOrder }) => [id, runOrder])).toEqual(wave.slice(4).map((id) => [id, 1]));
  expect(notes.at(-1)).toEqual({ about: 'Prod', text: 'laid over two' });
  expect(totals).toMatchObject({ stages: 2, longestChain: 5 });
});

test('what the backend adds is an action in its place, and what comes after it waits for it', () => {
  const wave = ordersPlan.nodes.filter(({ group }) => group === 'Prod').map(({ id }) => id);
  const verify = {
    id: 'Prod:verify',
    name: 'Prod@Verify',
    type: 'verify',
    subject: 'Prod, 2 change sets',
    rank: 3,
    after: ['Prod/ReviewChanges'],
    before: ['Prod/Data:execute'],
    deployment: 'Prod',
    stacks: ['Data', 'Api'],
    path: 'waves[1].deployments[0]',
  };
  const { stages, totals } = outlinePlan(ordersPlan, {
    stages: [
      {
        name: 'Prod',
        group: 'Prod',
        ranks: [wave.slice(0, 1), wave.slice(1, 3), wave.slice(3, 4), [], wave.slice(4)],
        additions: [verify],
      },
    ],
    notes: [],
  });
  const { rank, before, ...said } = verify;
  expect(stages[0]?.actions[4]).toEqual({ ...said, runOrder: 4, heldUpBy: [] });
  expect(stages[0]?.actions[5]).toMatchObject({
    id: 'Prod/Data:execute',
    runOrder: 5,
    after: ['Prod/ReviewChanges', 'Prod:verify'],
  });
  expect(totals).toMatchObject({ actions: wave.length + 1, longestChain: 5 });
});

test('the outline survives JSON', () => {
  expect(JSON.parse(JSON.stringify(outline))).toEqual(outline);
});

test('nothing is held up where the ranks of a backend do not wait', () => {
  const held = (ranksWait: boolean) =>
    outlinePlan(ordersPlan, { ...layOutByRank(ordersPlan), ranksWait }).totals.heldUp;
  expect(held(true)).toBeGreaterThan(0);
  expect(held(false)).toBe(0);
});
