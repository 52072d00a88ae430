import { layOutByRank } from '@cdkpipe/core';
import type { SynthReport } from '@cdkpipe/core/host';
import { expect, test } from 'vitest';
import { ordersPlan } from '../outline/orders-plan.test.fixture.ts';
import { unpainted } from './paint.ts';
import { checkView, synthDocument, synthSummary } from './synth-report.ts';

const report: SynthReport = {
  file: '/work/orders/cdkpipe.config.ts',
  plan: ordersPlan,
  layout: layOutByRank(ordersPlan),
  warnings: [{ code: 'SLOW', message: 'slow' }],
  output: '/work/orders/cdk.out',
  sourceDirectory: '/work/orders',
  next: [{ why: 'Deploy the pipeline once:', deploy: ['orders-pipeline'] }],
  isEmitted: true,
  projectFiles: [],
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

    Deploy the pipeline once:

      npx cdk deploy -a cdk.out orders-pipeline

    "
  `);
});

test('files of the project are named where they are, and what runs on this machine holds its own gates', () => {
  const files = { ...report, isEmitted: false, projectFiles: ['.github/workflows/orders.yml'], next: [] };
  const summary = synthSummary(files, '/work', unpainted);
  expect(summary).toContain('  orders/.github/workflows/orders.yml');
  expect(summary).not.toContain('every gate was found');
});

test('a check names the files of the project by their place, and those of the assembly by their name', () => {
  const differences = [
    { root: 'assembly', file: 'manifest.json', change: 'outdated' },
    { root: 'project', file: '.github/workflows/orders.yml', change: 'missing' },
  ] as const;
  const view = checkView(
    { ...report, projectFiles: ['.github/workflows/orders.yml'], differences },
    '/work',
    unpainted,
  );
  expect(view).toContain('~ manifest.json');
  expect(view).toContain('+ orders/.github/workflows/orders.yml (missing)');
  expect(checkView({ ...report, differences: [] }, '/work', unpainted)).toContain('✔ orders/cdk.out is what');
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
