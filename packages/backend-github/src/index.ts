/** The door of @cdkpipe/backend-github. */
import { definePlugin } from '@cdkpipe/core';
import { github } from './backend.ts';

export type { AccessRole, AccessStack } from './access/access-stack.ts';
export { drawAccess, policyDocument, trustDocument } from './access/draw-access.ts';
export { github } from './backend.ts';
export { checkPlan } from './check/check-plan.ts';
export type { GitHubContext } from './contract/github-context.ts';
export type { ApprovalWork, CommandsWork, FunctionWork, GitHubWork } from './contract/github-work.ts';
export { inspectWorkflow, type WorkflowInspection } from './inspect/inspect-workflow.ts';
export type { Job } from './jobs/job.ts';
export type { JobsFile } from './jobs-file/jobs-file.ts';
export { type Customize, type GitHubOptions, type GitHubOptionsInput, optionsSchema } from './options/options.ts';
export { type RenderedWorkflow, type RenderInput, renderWorkflow } from './render/render-workflow.ts';

export default definePlugin({ name: '@cdkpipe/backend-github', api: 1, backends: [github] });
