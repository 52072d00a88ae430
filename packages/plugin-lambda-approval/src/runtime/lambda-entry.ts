/** What Lambda calls: the bundler starts here and puts the author's file in the place of `cdkpipe:check`. */
import { answerJob, type CheckContext, type JobEvent } from './answer-job.ts';
import { codePipelineJobs } from './codepipeline-jobs.ts';

let loaded: Promise<unknown> | undefined;

// Loaded inside the first job, so that a file that throws is reported too, and once, so that it throws again.
function loadCheck(): Promise<unknown> {
  loaded ??= import('cdkpipe:check').then((module) => module.default);
  return loaded;
}

export function handler(event: JobEvent, context: CheckContext): Promise<void> {
  return answerJob(event, context, {
    loadCheck,
    template: process.env.CDKPIPE_PAYLOAD ?? '{}',
    reports: codePipelineJobs,
  });
}
