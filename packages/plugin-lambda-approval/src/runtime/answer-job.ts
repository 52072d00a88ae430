/** Runs a check for one job of CodePipeline and reports what it decided, exactly once. */
import { readPayload } from './read-payload.ts';
import { judge, rejectionOf, type Verdict } from './verdict.ts';
import { watchRun } from './watch-run.ts';

/** The part of CodePipeline's event that is used. It also holds credentials and must not be logged. */
export interface JobEvent {
  readonly 'CodePipeline.job': {
    readonly id: string;
    readonly data: { readonly actionConfiguration: { readonly configuration: { readonly UserParameters?: string } } };
  };
}

/** The part of Lambda's context that is used; a check is handed all of it. */
export interface CheckContext {
  /** Milliseconds until Lambda ends the function. */
  getRemainingTimeInMillis(): number;
  readonly awsRequestId?: string;
}

/** Tells CodePipeline. */
export interface JobReports {
  succeed(jobId: string, summary: string | undefined): Promise<unknown>;
  fail(jobId: string, message: string): Promise<unknown>;
}

export interface JobAnswer {
  /** Loads the author's function. */
  readonly loadCheck: () => Promise<unknown>;
  /** JSON of the payload with places for outputs. */
  readonly template: string;
  readonly reports: JobReports;
}

export async function answerJob(event: JobEvent, context: CheckContext, answer: JobAnswer): Promise<void> {
  const { id, data } = event['CodePipeline.job'];
  const watch = watchRun(context.getRemainingTimeInMillis());
  try {
    const userParameters = data.actionConfiguration.configuration.UserParameters;
    const verdict = await Promise.race([runCheck(answer, userParameters, context), watch.verdict]);
    if (verdict.approved) await answer.reports.succeed(id, verdict.summary);
    else await answer.reports.fail(id, verdict.reason);
  } finally {
    watch.stop();
  }
}

async function runCheck(
  { loadCheck, template }: JobAnswer,
  userParameters: string | undefined,
  context: CheckContext,
): Promise<Verdict> {
  try {
    const check = await loadCheck();
    if (typeof check !== 'function') throw new Error('the handler is not a function');
    return judge(await check(readPayload(template, userParameters), context));
  } catch (thrown) {
    return rejectionOf(thrown);
  }
}
