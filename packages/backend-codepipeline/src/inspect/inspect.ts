/** Reads back what was written and holds it against the plan and the limits of AWS. */
import type { Emitted, Inspection, Plan } from '@cdkpipe/core';
import { pipelineStackName } from '../names/names.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { pipelineMissing } from '../problems/emitted.ts';
import { checkAccounts } from './check-accounts.ts';
import { checkPipeline } from './check-pipeline.ts';
import { checkTemplate } from './check-template.ts';
import { checkTemplates } from './check-templates.ts';
import { findGates } from './find-gates.ts';
import { readOwnTemplates } from './own-templates.ts';
import { findPipeline } from './read-template.ts';
import { sliceTemplate } from './slice-template.ts';

export async function inspect(
  plan: Plan,
  { assembly: directory }: Pick<Emitted, 'assembly'>,
  options: CodePipelineOptions,
): Promise<Inspection> {
  const stack = pipelineStackName(plan.pipeline.name);
  const next = [{ why: whyDeploy(options), deploy: [stack] }] as const;
  const main = `${stack}.template.json`;
  const templates = await readOwnTemplates(directory, plan.pipeline.name);
  const template = templates.find(({ file }) => file === main)?.template;
  const pipeline = template === undefined ? undefined : findPipeline(template, plan.pipeline.name);
  const limitProblems = templates.flatMap(({ file, template, bytes }) => checkTemplate(file, template, bytes));
  if (template === undefined || !pipeline)
    return { gates: [], problems: [pipelineMissing(main), ...limitProblems], slices: new Map(), next };
  const slices = sliceTemplate(main, template, pipeline.logicalId);
  return {
    gates: findGates(plan, pipeline, options),
    problems: [
      ...checkPipeline(pipeline, plan.pipeline.env.region, options),
      ...checkAccounts(pipeline, plan.pipeline.env.account),
      ...(await checkTemplates(template, pipeline, { directory, output: plan.pipeline.build.output })),
      ...limitProblems,
    ],
    slices: slices.length > 0 ? new Map([[main, slices]]) : new Map(),
    next,
  };
}

function whyDeploy({ selfUpdate }: CodePipelineOptions): string {
  return selfUpdate
    ? 'Deploy the pipeline once. Then it updates itself; bootstrap new accounts and regions before you add them:'
    : 'Deploy the pipeline, and again each time its definition changes:';
}
