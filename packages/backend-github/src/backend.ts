/** The backend `github`: what it can do, and what it is asked for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineBackend, type Emitted, type Inspection, type Plan } from '@cdkpipe/core';
import { capabilities } from './check/capabilities.ts';
import { checkPlan } from './check/check-plan.ts';
import { inspectWorkflow } from './inspect/inspect-workflow.ts';
import { type JobsFile, jobsFileName } from './jobs-file/jobs-file.ts';
import { type GitHubOptions, type GitHubOptionsInput, optionsSchema } from './options/options.ts';
import { workflowPath } from './options/read-options.ts';
import { render } from './render/render.ts';

export const github = defineBackend<GitHubOptionsInput, GitHubOptions>({
  name: 'github',
  summary: 'GitHub Actions: a workflow in the repository, and stacks with the roles of its jobs',
  options: optionsSchema,
  capabilities,
  check: checkPlan,
  checksByDrawing: true,
  render,
  inspect,
});

async function inspect(plan: Plan, { assembly, project }: Emitted, options: GitHubOptions): Promise<Inspection> {
  const path = workflowPath(plan.pipeline, options);
  const record = JSON.parse(readFileSync(join(assembly, jobsFileName), 'utf8')) as JobsFile;
  const text = readFileSync(join(project, path), 'utf8');
  const { gates, problems } = await inspectWorkflow(plan, path, text, record);
  const [first, ...more] = record.access;
  if (first === undefined) return { gates, problems, slices: new Map() };
  const why = 'the jobs of the workflow assume roles that these stacks have';
  return { gates, problems, slices: new Map(), next: [{ why, deploy: [first, ...more] }] };
}
