/** One job of CodePipeline: the request in it, and its report, exactly once. */
import type { ReviewRequest } from './contract.ts';

/** The part of CodePipeline's event that is used. It also holds credentials and must not be logged. */
export interface JobEvent {
  readonly 'CodePipeline.job': {
    readonly id: string;
    readonly data: { readonly actionConfiguration: { readonly configuration: { readonly UserParameters?: string } } };
  };
}

export interface JobResult {
  /** What the pipeline's history shows. */
  readonly summary: string;
  /** Output variables of the action. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What the function's log gets. */
  readonly log?: unknown;
}

export interface JobReports {
  succeed(jobId: string, result: JobResult): Promise<unknown>;
  fail(jobId: string, message: string): Promise<unknown>;
}

/** CodePipeline takes 5,000 characters. */
const longestMessage = 4_000;

export async function answerJob(
  event: JobEvent,
  reports: JobReports,
  work: (request: ReviewRequest) => Promise<JobResult>,
): Promise<void> {
  const { id, data } = event['CodePipeline.job'];
  let result: JobResult;
  try {
    const { UserParameters = '{}' } = data.actionConfiguration.configuration;
    result = await work(JSON.parse(UserParameters) as ReviewRequest);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await reports.fail(id, fit(message) || 'failed without a message');
    return;
  }
  if (result.log !== undefined) console.log(JSON.stringify(result.log));
  await reports.succeed(id, result);
}

/** The API refuses halves of characters, and the action would then wait for its time limit. */
function fit(message: string): string {
  return message.slice(0, longestMessage).replace(/\p{Surrogate}/gu, '\uFFFD');
}
