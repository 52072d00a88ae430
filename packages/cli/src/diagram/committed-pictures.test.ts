/** The pictures in the documentation are what the command writes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import codePipeline from '@cdkpipe/backend-codepipeline';
import local from '@cdkpipe/backend-local';
import { planProject } from '@cdkpipe/core/host';
import { expect, test } from 'vitest';
import { outlinePlan } from '../outline/outline-plan.ts';
import { diagramPlan } from './diagram-plan.ts';
import { summarizeDiagram } from './summarize-diagram.ts';
import { svgFile } from './svg-file.ts';

const at = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

test('docs/images has the pictures of examples/orders; CDKPIPE_WRITE_DOCS=1 writes them again', async () => {
  const { plan, layout } = await planProject({ cwd: at('examples/orders'), builtIns: [codePipeline, local] });
  const diagram = diagramPlan(plan, outlinePlan(plan, layout));
  const pictures = { 'orders.svg': diagram, 'orders-summary.svg': summarizeDiagram(diagram, true) };
  for (const [name, shown] of Object.entries(pictures)) {
    const file = at(`docs/images/${name}`);
    if (process.env.CDKPIPE_WRITE_DOCS === '1') writeFileSync(file, svgFile(shown));
    expect(readFileSync(file, 'utf8')).toBe(svgFile(shown));
  }
});
