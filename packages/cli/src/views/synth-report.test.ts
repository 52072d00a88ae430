import { layOutByRank } from '@cdkpipe/core';
import type { SynthReport } from '@cdkpipe/core/host';
import { expect, test } from 'vitest';
import { ordersPlan } from '../outline/orders-plan.test.fixture.ts';
import { unpainted } from './paint.ts';
import { synthDocument, synthSummary } from './synth-report.ts';

const report: SynthReport = {
  file: '/work/orders/cdkpipe.config.ts',
  plan: ordersPlan,
  layout: layOutByRank(ordersPlan),
  warnings: [{ code: 'SLOW', message: 'slow' }],
  output: '/work/orders/cdk.out',
  pipelineStack: 'orders-pipeline',
  gates: ['Beta/Smoke', 'Prod/BetaIsHealthy', 'Prod/ReviewChanges'],
  templates: 7,
};

test('the summary says where the assembly is, how large the pipeline is, and what to type next', () => {
  expect(synthSummary(report, '/work/orders', unpainted)).toMatchInlineSnapshot(`
    "
    ✔ orders: 7 templates in cdk.out
      2 deployments of 6 stacks to 2 environments
      each run: 17 actions in 5 stages, ◆ 3 gates, 1 publisher
      longest chain: 13 actions; run orders alone hold up 1 action
      every gate was found in what was emitted

    Deploy the pipeline once. Then it updates itself; bootstrap new accounts and regions before you add them:

      npx cdk deploy -a cdk.out orders-pipeline

    "
  `);
});

test('it does not say that a pipeline without an update updates itself', () => {
  const plan = { ...ordersPlan, nodes: ordersPlan.nodes.filter(({ type }) => type !== 'update') };
  const summary = synthSummary({ ...report, plan }, '/work/orders', unpainted);
  expect(summary).toContain('Deploy the pipeline, and again each time its definition changes:');
});

test('the command to type next works from the directory the user is in', () => {
  expect(synthSummary(report, '/work', unpainted)).toContain('npx cdk deploy -a orders/cdk.out orders-pipeline');
});

test('the document has what a script needs, and the warnings', () => {
  expect(synthDocument(report)).toMatchObject({
    output: '/work/orders/cdk.out',
    pipelineStack: 'orders-pipeline',
    gates: report.gates,
    totals: { gates: 3, stacks: 6 },
    errors: [],
    warnings: [{ code: 'SLOW' }],
  });
});
