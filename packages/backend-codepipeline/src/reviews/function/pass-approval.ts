/** Approves the one approval action that waits beside it, when nothing asks for a person. */
import { type PassRequest, passedSummary } from './contract.ts';
import type { JobResult } from './job.ts';

/** CodePipeline's state of a pipeline, as far as it is read. */
export interface PipelineState {
  readonly stageStates?:
    | readonly {
        readonly stageName?: string | undefined;
        readonly latestExecution?: { readonly pipelineExecutionId?: string | undefined } | undefined;
        readonly actionStates?: readonly ActionState[] | undefined;
      }[]
    | undefined;
}

interface ActionState {
  readonly actionName?: string | undefined;
  readonly latestExecution?:
    | {
        readonly status?: string | undefined;
        readonly token?: string | undefined;
        readonly lastStatusChange?: Date | undefined;
      }
    | undefined;
}

export interface Approvals {
  getPipelineState(pipeline: string): Promise<PipelineState>;
  approve(request: PassRequest, token: string, summary: string): Promise<unknown>;
  /** Milliseconds since 1970. */
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

/** Milliseconds between two looks, on average. */
const pause = 2_000;

/**
 * Never fails the pipeline and never stands for a decision itself: where it cannot pass the approval, a person decides.
 *
 * @param patience milliseconds to look for the approval, which starts at the same time
 */
export async function passApproval(request: PassRequest, approvals: Approvals, patience: number): Promise<JobResult> {
  const reasons = reasonsAgainst(request);
  if (reasons.length > 0) return { summary: `A person decides: ${reasons.join(', ')}` };
  const start = approvals.now();
  let failure: unknown;
  while (approvals.now() - start < patience) {
    try {
      if (await passIfWaiting(request, approvals)) return { summary: passedBecause(request) };
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    // Functions of one run order start together; what varies spreads their calls.
    await approvals.wait(pause * (0.5 + Math.random()));
  }
  if (failure !== undefined)
    return { summary: `A person decides, as the approval could not be passed: ${String(failure).slice(0, 1_500)}` };
  return { summary: 'A person decides or has decided: no approval was found waiting' };
}

async function passIfWaiting(request: PassRequest, approvals: Approvals): Promise<boolean> {
  const token = findToken(await approvals.getPipelineState(request.pipeline), request);
  if (token === undefined) return false;
  await approvals.approve(request, token, passedBecause(request));
  return true;
}

const words = {
  changes: 'the change sets hold changes',
  permissions: 'permissions broaden',
  stateful: 'a stateful resource is at risk',
} as const;

/** Only a plain `no` lets pass; a variable that was not filled in does not. */
function reasonsAgainst({ unless }: PassRequest): string[] {
  const concerns = Object.entries(unless);
  if (concerns.length === 0) return ['nothing says when to pass'];
  return concerns.flatMap(([concern, answer]) => {
    if (answer === 'no') return [];
    return answer === 'yes' ? [words[concern as keyof typeof words]] : [`${concern}: ${String(answer)}`];
  });
}

function passedBecause({ unless }: PassRequest): string {
  if ('changes' in unless) return `${passedSummary}: nothing changes`;
  const absent = [
    ...('permissions' in unless ? ['no permission broadens'] : []),
    ...('stateful' in unless ? ['no stateful resource would be replaced or deleted'] : []),
  ];
  return `${passedSummary}: ${absent.join(', ')}`;
}

/** The token of the approval if it waits for the execution that was reviewed. */
function findToken({ stageStates = [] }: PipelineState, { stage, action, execution }: PassRequest): string | undefined {
  const current = stageStates.find(({ stageName }) => stageName === stage);
  if (current?.latestExecution?.pipelineExecutionId !== execution) return undefined;
  const latest = current.actionStates?.find(({ actionName }) => actionName === action)?.latestExecution;
  return latest?.status === 'InProgress' ? latest.token : undefined;
}
