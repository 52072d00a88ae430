/** The door of @cdkpipe/backend-github. */
export type { GitHubContext } from './contract/github-context.ts';
export type { ApprovalWork, CommandsWork, FunctionWork, GitHubWork } from './contract/github-work.ts';
export { inspectWorkflow } from './inspect/inspect-workflow.ts';
export type { Customize, GitHubOptions, GitHubOptionsInput } from './options/options.ts';
export { renderWorkflow } from './render/render-workflow.ts';
