/** Lets the update of the pipeline wait until no run is in a later stage, as the update would cancel that run. */
import { docsPage } from '@cdkpipe/core';
import type { ProjectVariable } from '../codebuild/build-work.ts';
import type { Grant } from '../contract/grant.ts';

/** Holds no single quote, as the shell gets it between two of them. */
const script = (pause: number, minute: number) => `
const { execFileSync } = require("node:child_process");
const { CDKPIPE_PIPELINE, CDKPIPE_REGION, CDKPIPE_STAGE, CDKPIPE_WAIT } = process.env;
const env = { ...process.env, AWS_RETRY_MODE: "adaptive", AWS_MAX_ATTEMPTS: "10" };
const ask = () => JSON.parse(execFileSync("aws", ["codepipeline", "get-pipeline-state", "--name", CDKPIPE_PIPELINE, "--region", CDKPIPE_REGION,
  "--output", "json"], { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "inherit"], env }));
const over = ["Cancelled", "Failed", "Skipped", "Stopped", "Succeeded"];
const isBusy = (run) => run !== undefined && !over.includes(run.status);
const find = () => {
  const stages = ask().stageStates;
  const own = stages.findIndex(({ stageName }) => stageName === CDKPIPE_STAGE);
  if (own < 0) throw new Error("there is no stage " + CDKPIPE_STAGE);
  return stages.slice(own + 1).flatMap(({ stageName, latestExecution, inboundExecution, inboundExecutions = [] }) => [
    ...[latestExecution].filter(isBusy).map((run) => "the run " + run.pipelineExecutionId + " is in the stage " + stageName),
    ...new Set([inboundExecution, ...inboundExecutions].filter(isBusy)
      .map((run) => "the run " + run.pipelineExecutionId + " waits to enter the stage " + stageName)),
  ]);
};
const look = () => {
  try { return find(); } catch (error) { return ["CodePipeline did not say which runs there are: " + String(error.message).split("\\n")[0]]; }
};
const end = Date.now() + CDKPIPE_WAIT * ${minute};
let said;
for (;;) {
  const busy = look().join("; ");
  if (busy === "") break;
  const left = end - Date.now();
  if (left <= 0) {
    console.error("cdkpipe: after " + CDKPIPE_WAIT + " minutes " + busy + ". Nothing was updated, as an update of the pipeline cancels the runs in later stages. "
      + "Let them end or stop them, then retry the stage " + CDKPIPE_STAGE + ", or raise backends.codepipeline.update.waitForIdle. See ${docsPage('when-a-run-fails')}");
    process.exit(1);
  }
  if (busy !== said) console.log("cdkpipe: waits for at most " + Math.ceil(left / 60000) + " minutes: " + busy);
  said = busy;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.min(left, ${pause} * (1 + Math.random())));
}
`;

/**
 * Fails when the time is over, or when CodePipeline does not answer until then. A status that is not known counts as a run in
 * progress: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StageExecution.html
 *
 * @param pause milliseconds between two questions; each is up to twice as long, so that pipelines do not ask all at once
 * @param minute milliseconds that count as a minute
 */
export function waitForIdleCommand(pause = 15_000, minute = 60_000): string {
  return `node -e '${script(pause, minute)}'`;
}

export interface IdleWait {
  readonly variables: readonly ProjectVariable[];
  readonly grants: readonly Grant[];
}

/** What the command needs. */
export function idleWait(
  minutes: number,
  place: { readonly pipeline: string; readonly region: string; readonly stage: string; readonly pipelineArn: string },
): IdleWait {
  const constants = {
    CDKPIPE_PIPELINE: place.pipeline,
    CDKPIPE_REGION: place.region,
    CDKPIPE_STAGE: place.stage,
    CDKPIPE_WAIT: String(minutes),
  };
  return {
    variables: Object.entries(constants).map(([name, value]) => ({ name, type: 'PLAINTEXT', value })),
    grants: [
      {
        actions: ['codepipeline:GetPipelineState'],
        resources: [place.pipelineArn],
        reason: 'wait until no run is in a later stage, as the update would cancel it',
      },
    ],
  };
}
