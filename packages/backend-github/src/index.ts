/** The door of @cdkpipe/backend-github. */
export type { GitHubContext } from './contract/github-context.ts';
export type { ApprovalWork, CommandsWork, FunctionWork, GitHubWork } from './contract/github-work.ts';
export { layOutJobs } from './jobs/lay-out-jobs.ts';
export type { Customize, GitHubOptions, GitHubOptionsInput } from './options/options.ts';
export { spellWorkflow } from './spell/spell-workflow.ts';
