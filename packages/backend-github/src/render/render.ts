/** Renders a plan: the access stacks into the app, the workflow into the project, and what the runner needs into the assembly. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Artifact, RenderContext } from '@cdkpipe/core';
import { drawAccess } from '../access/draw-access.ts';
import type { GitHubContext } from '../contract/github-context.ts';
import type { GitHubWork } from '../contract/github-work.ts';
import type { Job } from '../jobs/job.ts';
import { isStepNode } from '../jobs/step-node.ts';
import { jobsFileName } from '../jobs-file/jobs-file.ts';
import { functionFile } from '../jobs-file/record-jobs.ts';
import type { GitHubOptions } from '../options/options.ts';
import { runnerFile } from '../spell/scripts.ts';
import { readWork } from './read-work.ts';
import { renderWorkflow } from './render-workflow.ts';

export async function render(context: RenderContext<GitHubOptions>): Promise<readonly Artifact[]> {
  const { plan, assembly, options, app, cdk, mark } = context;
  const works = await renderSteps(context);
  const { path, text, jobs, record, access } = await renderWorkflow({ plan, assembly, works, options, mark });
  drawAccess(app, cdk, access, options.access?.permissionsBoundary);
  return [
    { root: 'project', path, content: text },
    { root: 'assembly', path: jobsFileName, content: `${JSON.stringify(record, null, 1)}\n` },
    { root: 'assembly', path: runnerFile, content: readRunner() },
    ...jobs.flatMap(functionOf),
  ];
}

async function renderSteps(context: RenderContext<GitHubOptions>): Promise<ReadonlyMap<string, GitHubWork>> {
  const works = new Map<string, GitHubWork>();
  for (const node of context.plan.nodes) {
    if (!isStepNode(node)) continue;
    const deployment = 'deployment' in node ? node.deployment : undefined;
    const env = context.plan.pipeline.waves
      .flatMap(({ deployments }) => deployments)
      .find(({ name }) => name === deployment)?.env;
    const given: GitHubContext = {
      node,
      projectDirectory: context.projectDirectory,
      ...(env === undefined ? {} : { deploymentEnv: env }),
    };
    const work = await context.renderStep(node, given, readWork);
    works.set(node.id, await context.emitAction(node, work, readWork));
  }
  return works;
}

function functionOf(job: Job): Artifact[] {
  if (job.type !== 'step' || job.work.type !== 'function') return [];
  return [{ root: 'assembly', path: functionFile(job.id), content: job.work.code }];
}

/** Built with this package: one file that needs nothing but Node.js. */
function readRunner(): Uint8Array {
  const manifest = createRequire(import.meta.url).resolve('@cdkpipe/backend-github/package.json');
  return readFileSync(join(dirname(manifest), 'dist', 'runner.mjs'));
}
