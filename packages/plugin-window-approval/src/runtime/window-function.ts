/** What Lambda runs: when an approval is wanted, when the window opens, and once an hour. */
import { CodePipelineClient, GetPipelineStateCommand, PutApprovalResultCommand } from '@aws-sdk/client-codepipeline';
import type { Schedule } from '../schedule/schedule.ts';
import { approveWhenOpen, type World } from './approve-when-open.ts';

/** The environment variable holds it as JSON. */
export interface WindowSettings {
  readonly schedule: Schedule;
  readonly pipeline: string;
  readonly stage: string;
  readonly action: string;
}

const client = new CodePipelineClient({ maxAttempts: 6, retryMode: 'adaptive' });
const { schedule, pipeline, stage, action } = JSON.parse(process.env.CDKPIPE_WINDOW ?? '') as WindowSettings;

const world: World = {
  now: () => Date.now(),
  async findToken() {
    const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name: pipeline }));
    const actions = stageStates.find(({ stageName }) => stageName === stage)?.actionStates ?? [];
    const latest = actions.find(({ actionName }) => actionName === action)?.latestExecution;
    return latest?.status === 'InProgress' ? latest.token : undefined;
  },
  async approve(token, summary) {
    const names = { pipelineName: pipeline, stageName: stage, actionName: action };
    try {
      await client.send(new PutApprovalResultCommand({ ...names, token, result: { status: 'Approved', summary } }));
    } catch (error) {
      // A person was faster.
      if ((error as Error).name !== 'ApprovalAlreadyCompletedException') throw error;
    }
  },
  pause: () => new Promise((resume) => setTimeout(resume, 2000)),
};

/** Who may invoke it chooses the event, which decides only how often it looks for the approval. */
export function handler(event: { readonly source?: unknown } | null): Promise<void> {
  return approveWhenOpen(schedule, event?.source === 'aws.codepipeline', world);
}
