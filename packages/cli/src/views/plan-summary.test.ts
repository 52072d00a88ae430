import { expect, test } from 'vitest';
import { filterOutline } from '../outline/filter-outline.ts';
import { ordersPlan } from '../outline/orders-plan.test.fixture.ts';
import { outlinePlan } from '../outline/outline-plan.ts';
import { shownOutline } from '../outline/shown-outline.ts';
import { unpainted } from './paint.ts';
import { planSummary } from './plan-summary.ts';

const outline = outlinePlan(ordersPlan);
const environments = new Map([['Beta', '222222222222/eu-west-1']]);

test('a summary has a line for each deployment, and names every gate', () => {
  expect(`\n${planSummary(outline, environments, unpainted)}`).toMatchInlineSnapshot(`
    "
    orders on codepipeline in 111111111111/eu-west-1

    ├─ Source
    │  2 actions
    ├─ Build
    │  2 actions
    ├─ UpdatePipeline
    │  1 action
    ├─ Beta
    │  before them: 1 action
    │  Beta in 222222222222/eu-west-1: 4 stacks, 5 actions, ◆ 1 gate
    │    ◆ Beta/Smoke
    └─ Prod
       before them: 1 action, ◆ 1 gate
         ◆ Prod/BetaIsHealthy
       Prod: 2 stacks, 5 actions, ◆ 1 gate
         ◆ Prod/ReviewChanges

    2 deployments of 6 stacks to 2 environments
    each run: 17 actions in 5 stages, ◆ 3 gates, 1 publisher
    longest chain: 13 actions; run orders alone hold up 1 action
    "
  `);
});

test('a stage, or a deployment with what it shares its stage with, is shown alone', () => {
  const shown = (filter: Partial<Parameters<typeof filterOutline>[1]>) =>
    filterOutline(outline, { stages: [], deployments: [], ...filter }).stages.map(({ name, actions }) => [
      name,
      actions.length,
    ]);
  expect(shown({ stages: ['Build'] })).toEqual([['Build', 2]]);
  expect(shown({ deployments: ['Beta'] })).toEqual([['Beta', 6]]);
  expect(shown({ stages: ['Prod'], deployments: ['Beta'] })).toEqual([]);
});

test('all names that the plan does not have are refused together, with the nearest that it has', () => {
  const report = { plan: ordersPlan } as unknown as Parameters<typeof shownOutline>[0];
  const wish = { filter: { stages: ['Prd'], deployments: ['Betta'] }, summary: false };
  expect(() => shownOutline(report, wish)).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({ code: 'STAGE_UNKNOWN', fix: expect.stringContaining('Prod') }),
        expect.objectContaining({ code: 'DEPLOYMENT_NOT_PLANNED', fix: expect.stringContaining('Beta') }),
      ],
    }),
  );
});
