/** Renders a pipeline, changes the template that was written, and has it inspected. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codepipeline } from '../backend.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { renderPlan, type Template } from '../fixture/render.test.fixture.ts';
import { optionsSchema } from '../options/options.ts';

const planned = planOf({
  deployments: [
    { name: 'Beta', stacks: [{ id: 'Data' }, { id: 'Api' }], changes: ['Look'], approvals: ['Smoke'] },
    { name: 'Prod', stacks: [{ id: 'Api' }], approvals: ['Done'] },
  ],
});
export const file = 'orders-pipeline.template.json';
const options = optionsSchema.parse({});

/** Inspects what was rendered after `change` has changed the written template. */
export async function inspectChanged(change: (template: Template, directory: string) => void) {
  const { app } = await renderPlan(planned);
  const path = join(app.outdir, file);
  const template = JSON.parse(readFileSync(path, 'utf8'));
  change(template, app.outdir);
  writeFileSync(path, JSON.stringify(template));
  return codepipeline.inspect(planned.plan, { assembly: app.outdir, project: app.outdir }, options);
}

export const stageOf = (template: Template, name: string) =>
  template.Resources.Pipeline.Properties.Stages.find((stage: Template) => stage.Name === name);
export const actionOf = (template: Template, stage: string, name: string) =>
  stageOf(template, stage).Actions.find((action: Template) => action.Name === name);
export const anApproval = (index: number) => ({
  Name: `Extra${index}`,
  ActionTypeId: { Category: 'Approval', Owner: 'AWS', Provider: 'Manual', Version: '1' },
  RunOrder: 1,
});
export const resource = (Type: string, Properties: object) => ({ Type, Properties });
