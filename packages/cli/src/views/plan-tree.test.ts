import { expect, test } from 'vitest';
import { ordersPlan } from '../outline/orders-plan.test.fixture.ts';
import { outlinePlan } from '../outline/outline-plan.ts';
import { type Paint, unpainted } from './paint.ts';
import { planTree } from './plan-tree.ts';

test('the tree has stages, run orders, actions, gates with who brings them, and what is waited for', () => {
  expect(`\n${planTree(outlinePlan(ordersPlan), 80, unpainted)}`).toMatchInlineSnapshot(`
    "
    orders on codepipeline in 111111111111/eu-west-1

    ├─ Source
    │   1    source  acme/orders, branch main
    │        source  vendor/lib from s3://acme-libs/lib.zip
    │
    ├─ Build
    │   1    build   Types
    │                codebuild by @cdkpipe/plugin-codebuild-approval
    │   2    build   makes cdk.out
    │
    ├─ UpdatePipeline
    │   1    update  the pipeline itself
    │
    ├─ Beta
    │   1    publish file and image assets  in 222222222222/eu-west-1
    │        execute Beta/Network
    │   2    execute Beta/Data
    │   3    execute Beta/Api
    │        execute Beta/Alarms
    │   4  ◆ approve Beta/Smoke             in 222222222222/eu-west-1
    │                codebuild by @cdkpipe/plugin-codebuild-approval
    │
    └─ Prod
        1  ◆ approve Prod/BetaIsHealthy
                     manual by @cdkpipe/plugin-manual-approval
        2    prepare Prod/Data              in 333333333333/us-east-1
             prepare Prod/Api
        3  ◆ review  Prod/ReviewChanges
                     manual by @cdkpipe/plugin-manual-approval
        4    execute Prod/Data              in 333333333333/us-east-1
        5    execute Prod/Api

    note Beta: no change sets, as asked for

    2 deployments of 6 stacks to 2 environments
    each run: 17 actions in 5 stages, ◆ 3 gates, 1 publisher
    longest chain: 13 actions; run orders alone hold up 1 action
    "
  `);
});

test('a stage says that it rolls back, and an action which gate holds it up', () => {
  const wave = ordersPlan.nodes.filter(({ group }) => group === 'Prod').map(({ id }) => id);
  const [gate = '', ...others] = wave;
  const freed = ordersPlan.nodes.map((node) => (node.group === 'Prod' ? { ...node, after: [] } : node));
  const layout = { stages: [{ name: 'Prod', group: 'Prod', ranks: [[gate], others], rollback: 'Prod' }], notes: [] };
  const tree = planTree(outlinePlan({ ...ordersPlan, nodes: freed }, layout), 80, unpainted);
  expect(tree).toContain('└─ Prod ↺ rolls back when it fails');
  expect(tree).toContain('held up by approve Prod/BetaIsHealthy');
  expect(tree).toContain('longest chain: 2 actions; run orders alone hold up 5 actions');
});

test('no line of the tree is wider than the terminal', () => {
  for (const width of [80, 100, 200]) {
    const lines = planTree(outlinePlan(ordersPlan), width, unpainted).split('\n');
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  }
});

test('every gate of the plan is marked in the tree', () => {
  const lines = planTree(outlinePlan(ordersPlan), 80, unpainted).split('\n');
  const marked = lines.filter((line) => line.includes('◆') && !line.startsWith('each run'));
  expect(marked.map((line) => line.match(/\S+\/\S+/)?.[0])).toEqual([
    'Beta/Smoke',
    'Prod/BetaIsHealthy',
    'Prod/ReviewChanges',
  ]);
});

test('colours change no column', () => {
  const coded: Paint = (style, text) => `<${style}>${text}</${style}>`;
  const stripped = planTree(outlinePlan(ordersPlan), 80, coded).replace(/<\/?[a-z]+>/g, '');
  expect(stripped).toBe(planTree(outlinePlan(ordersPlan), 80, unpainted));
});
