/** Runs a check for one job of CodePipeline and reports what it decided, exactly once. */
import { readState } from './check-state.ts';
import { readPayload } from './read-payload.ts';
import { judge, rejectionOf, type Verdict } from './verdict.ts';
import { watchRun } from './watch-run.ts';

/** The part of CodePipeline's event that is used. It also holds credentials and must not be logged. */
export interface JobEvent {
  readonly 'CodePipeline.job': {
    readonly id: string;
    readonly data: {
      readonly actionConfiguration: { readonly configuration: { readonly UserParameters?: string } };
      /** Absent in the first call for an action. */
      readonly continuationToken?: string;
    };
  };
}

/** The part of Lambda's context that is used; a check is handed all of it. */
export interface CheckContext {
  /** Milliseconds until Lambda ends the function. */
  getRemainingTimeInMillis(): number;
  readonly awsRequestId?: string;
  /** What the check returned as `state` when it was last called for this action; undefined in the first call. */
  readonly state?: unknown;
}

/** Tells CodePipeline. */
export interface JobReports {
  succeed(jobId: string, summary: string | undefined): Promise<unknown>;
  /** The check is called again, with the token. */
  callAgain(jobId: string, token: string, summary: string | undefined): Promise<unknown>;
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
    const run = runCheck(answer, userParameters, () => withState(context, data.continuationToken));
    const verdict = await Promise.race([run, watch.verdict]);
    if (verdict.approved === 'later') await answer.reports.callAgain(id, verdict.token, verdict.summary);
    else if (verdict.approved) await answer.reports.succeed(id, verdict.summary);
    else await answer.reports.fail(id, verdict.reason);
  } finally {
    watch.stop();
  }
}

async function runCheck(
  { loadCheck, template }: JobAnswer,
  userParameters: string | undefined,
  contextOf: () => CheckContext,
): Promise<Verdict> {
  try {
    const check = await loadCheck();
    if (typeof check !== 'function') throw new Error('the handler is not a function');
    return judge(await check(readPayload(template, userParameters), contextOf()));
  } catch (thrown) {
    return rejectionOf(thrown);
  }
}

/** Lambda's context with the state beside what it has. */
function withState(context: CheckContext, token: string | undefined): CheckContext {
  return Object.assign(Object.create(context) as CheckContext, { state: readState(token) });
}
