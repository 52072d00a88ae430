/** Reports to CodePipeline with the SDK that Lambda's runtime brings along. */
import {
  CodePipelineClient,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
} from '@aws-sdk/client-codepipeline';
import type { JobReports } from './answer-job.ts';

const client = new CodePipelineClient({ maxAttempts: 6, retryMode: 'adaptive' });

export const codePipelineJobs: JobReports = {
  succeed: (jobId, summary) =>
    client.send(
      new PutJobSuccessResultCommand({ jobId, ...(summary === undefined ? {} : { executionDetails: { summary } }) }),
    ),
  callAgain: (jobId, continuationToken, summary) =>
    client.send(
      new PutJobSuccessResultCommand({
        jobId,
        continuationToken,
        ...(summary === undefined ? {} : { executionDetails: { summary } }),
      }),
    ),
  fail: (jobId, message) =>
    client.send(new PutJobFailureResultCommand({ jobId, failureDetails: { type: 'JobFailed', message } })),
};
