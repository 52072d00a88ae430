/** Approves the one approval action that waits beside it, when nothing requires a person. */
import type { ReviewConcern } from '../../contract/reviewed-changes.ts';
import { concernVariables, type Pass, passedSummary } from './contract.ts';
import type { JobResult } from './job.ts';

/** CodePipeline's state of a pipeline, as far as it is read. */
export interface PipelineState {
  readonly stageStates?: readonly StageState[] | undefined;
}

interface StageState {
  readonly stageName?: string | undefined;
  readonly latestExecution?: { readonly pipelineExecutionId?: string | undefined } | undefined;
  readonly actionStates?: readonly ActionState[] | undefined;
}

interface ActionState {
  readonly actionName?: string | undefined;
  readonly latestExecution?:
    | {
        readonly actionExecutionId?: string | undefined;
        readonly status?: string | undefined;
        readonly token?: string | undefined;
      }
    | undefined;
}

/** One action of one run. */
export interface ActionRun {
  readonly pipeline: string;
  /** ID of the pipeline execution. */
  readonly execution: string;
  /** ID of the action execution. */
  readonly id: string;
}

export interface Approvals {
  getPipelineState(pipeline: string): Promise<PipelineState>;
  /** Output variables of an action as CodePipeline recorded them; undefined where its history does not hold the action yet. */
  findVariables(run: ActionRun): Promise<Readonly<Record<string, string>> | undefined>;
  approve(pass: Pass, token: string, summary: string): Promise<unknown>;
  /** Milliseconds since 1970. */
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

/** An approval, and the run for which it may pass. */
export interface PassAttempt {
  readonly pass: Pass;
  /** ID of the pipeline execution. */
  readonly execution: string;
}

/** What became of the approval. */
export interface PassResult extends JobResult {
  /** Whether the approval was passed; else a person decides. */
  readonly passed: boolean;
}

/** Milliseconds between two looks, on average. */
const pause = 2_000;

/**
 * Never fails the pipeline: where it cannot pass the approval, a person decides. Anybody who may invoke the function can
 * forge its event, so nothing in an event counts: what the approval is and when it may pass is fixed in the function's own
 * code, and CodePipeline itself is asked whether the approval waits and what the report found. A Lambda job cannot be asked
 * for: GetJobDetails is "used for custom actions only"
 * (https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GetJobDetails.html).
 *
 * @param patience milliseconds to look for the approval, which starts at the same time
 */
export async function passApproval(attempt: PassAttempt, approvals: Approvals, patience: number): Promise<PassResult> {
  const start = approvals.now();
  let failure: unknown;
  while (approvals.now() - start < patience) {
    try {
      const result = await decide(attempt, approvals);
      if (result !== undefined) return result;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    // Functions of one run order start together; what varies spreads their calls.
    await approvals.wait(pause * (0.5 + Math.random()));
  }
  return leave(
    failure === undefined
      ? 'A person decides or has decided: no approval was found waiting'
      : `A person decides, as the approval could not be passed: ${String(failure).slice(0, 1_500)}`,
  );
}

/** @returns what was decided; undefined as long as the approval does not wait or its report is not known */
async function decide({ pass, execution }: PassAttempt, approvals: Approvals): Promise<PassResult | undefined> {
  const found = findWaiting(await approvals.getPipelineState(pass.pipeline), { pass, execution });
  if (found === undefined) return undefined;
  const variables = await approvals.findVariables({ pipeline: pass.pipeline, execution, id: found.report });
  if (variables === undefined) return undefined;
  const reasons = reasonsAgainst(pass.unless, variables);
  if (reasons.length > 0) return leave(`A person decides: ${reasons.join(', ')}`);
  const summary = passedBecause(pass.unless);
  await approvals.approve(pass, found.token, summary);
  return { passed: true, summary };
}

function leave(summary: string): PassResult {
  return { passed: false, summary };
}

const words = {
  changes: 'the change sets hold changes',
  permissions: 'permissions broaden',
  stateful: 'a stateful resource is at risk',
} as const;

/** Only a plain `no` lets the approval pass; a variable that the report did not set does not. */
function reasonsAgainst(unless: readonly ReviewConcern[], variables: Readonly<Record<string, string>>): string[] {
  if (unless.length === 0) return ['nothing says when to pass'];
  return unless.flatMap((concern) => {
    const answer = variables[concernVariables[concern]];
    if (answer === 'no') return [];
    return answer === 'yes' ? [words[concern]] : [`${concern}: ${String(answer)}`];
  });
}

function passedBecause(unless: readonly ReviewConcern[]): string {
  if (unless.includes('changes')) return `${passedSummary}: nothing changes`;
  const absent = [
    ...(unless.includes('permissions') ? ['no permission broadens'] : []),
    ...(unless.includes('stateful') ? ['no stateful resource would be replaced or deleted'] : []),
  ];
  return `${passedSummary}: ${absent.join(', ')}`;
}

/**
 * The token of the approval, if it waits for this run beside the action that called, and the execution of the report that it
 * shows. `actionExecutionId`: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionExecution.html
 */
function findWaiting({ stageStates = [] }: PipelineState, { pass, execution }: PassAttempt) {
  const stageOf = (name: string) =>
    stageStates.find(
      ({ stageName, latestExecution }) => stageName === name && latestExecution?.pipelineExecutionId === execution,
    );
  const actionOf = (stage: string, name: string) =>
    stageOf(stage)?.actionStates?.find(({ actionName }) => actionName === name)?.latestExecution;
  const approval = actionOf(pass.stage, pass.action);
  const report = actionOf(pass.report.stage, pass.report.action);
  const runs = (action: typeof approval) => action?.status === 'InProgress';
  if (!runs(approval) || !runs(actionOf(pass.stage, pass.caller)) || report?.status !== 'Succeeded') return undefined;
  const { token } = approval ?? {};
  const { actionExecutionId } = report;
  return token === undefined || actionExecutionId === undefined ? undefined : { token, report: actionExecutionId };
}
