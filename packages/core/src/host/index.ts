/** The door for programs that run cdkpipe, such as the cli; plugins and definitions have no need of it. */
export { planProject } from './plan-project.ts';
export type { Observer, Phase, ProgressEvent } from './progress.ts';
export type { PlanReport, ProjectRequest, SynthReport, SynthRequest } from './request.ts';
export { synthesize } from './synthesize.ts';
