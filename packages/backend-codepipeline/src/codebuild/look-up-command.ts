/** The command with which a build asks CodePipeline for values. */

// Contains no single quote, as the shell gets it between two of them. History may be a little late, and CodePipeline
// throttles all callers of an account together, so it asks again: in the call itself by the retry mode that adapts its rate
// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html), and around it, where a call failed for good
// or a value is missing. Actions of one run order start at the same moment; random pauses spread their calls.
// A run that rolls back has one stage; what came before it is known of the run it goes back to. A value of the own stage is
// always this run's: where the ID is that of a run in which this very action has ended, nothing is believed.
const script = (seconds: number, spread: number) => `
const { execFileSync } = require("node:child_process");
const { CDKPIPE_PIPELINE, CDKPIPE_REGION, CDKPIPE_EXECUTION, CDKPIPE_ACTION, CDKPIPE_VALUES, CDKPIPE_VALUE_ROLE } = process.env;
const wanted = JSON.parse(CDKPIPE_VALUES);
const [ownStage, ownAction] = CDKPIPE_ACTION.split("/");
const aws = (env, service, verb, ...more) => JSON.parse(execFileSync("aws", [service, verb, "--output", "json", ...more], {
  encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "pipe"],
  env: { AWS_RETRY_MODE: "adaptive", AWS_MAX_ATTEMPTS: "8", ...process.env, ...env } }));
let credentials = CDKPIPE_VALUE_ROLE ? undefined : {};
const assume = () => {
  const { AccessKeyId, SecretAccessKey, SessionToken } = aws({}, "sts", "assume-role", "--role-arn", CDKPIPE_VALUE_ROLE,
    "--role-session-name", "cdkpipe-values").Credentials;
  return { AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey, AWS_SESSION_TOKEN: SessionToken };
};
const ask = (verb, ...more) => aws(credentials ??= assume(), "codepipeline", verb, "--pipeline-name", CDKPIPE_PIPELINE,
  "--region", CDKPIPE_REGION, ...more);
const readRun = (id) => ask("get-pipeline-execution", "--pipeline-execution-id", id).pipelineExecution;
const readActions = (id) => ask("list-action-executions", "--filter", "pipelineExecutionId=" + id).actionExecutionDetails;
const newest = (a, b) => (a.lastUpdateTime < b.lastUpdateTime ? 1 : -1);
const ofAction = (all, { variable, stage, action }) => all
  .filter((each) => each.stageName === stage && each.actionName === action && each.status === "Succeeded")
  .sort(newest)[0]?.output?.outputVariables?.[variable];
const ofRun = (run, { variable }) => (run.variables ?? []).find(({ name }) => name === variable)?.resolvedValue;
const find = () => {
  const done = wanted.some(({ stage }) => stage !== undefined) ? readActions(CDKPIPE_EXECUTION) : [];
  const own = done.filter((each) => each.stageName === ownStage && each.actionName === ownAction);
  if (own.length > 0 && !own.some(({ status }) => status === "InProgress")) return wanted.map(() => undefined);
  const run = wanted.some(({ stage }) => stage === undefined) ? readRun(CDKPIPE_EXECUTION) : undefined;
  const values = wanted.map((each) => each.stage === undefined ? ofRun(run, each) : ofAction(done, each));
  if (!wanted.some(({ stage }, at) => stage !== ownStage && values[at] === undefined)) return values;
  const target = (run ?? readRun(CDKPIPE_EXECUTION)).rollbackMetadata?.rollbackTargetPipelineExecutionId;
  if (target === undefined) return values;
  const before = readActions(target);
  return wanted.map((each, at) => values[at] !== undefined || each.stage === ownStage ? values[at]
    : each.stage === undefined ? ofRun(readRun(target), each) : ofAction(before, each));
};
const pause = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
let values, failure;
const attempt = () => {
  try {
    values = find();
    failure = undefined;
  } catch (error) {
    if (error.code === "ENOENT") throw error;
    failure = String(error.stderr ?? "").trim() || error.message;
  }
};
pause(${spread * 1000} * Math.random());
attempt();
for (let tries = 1; (failure !== undefined || values.includes(undefined)) && tries < 8; tries++) {
  pause(${seconds * 1000} * Math.min(tries, 4) * (0.5 + Math.random()));
  attempt();
}
if (failure !== undefined) {
  console.error("cdkpipe: CodePipeline could not be asked for values: " + failure);
  process.exit(1);
}
const quote = String.fromCharCode(39);
wanted.forEach(({ name, variable, action }, at) => {
  if (values[at] === undefined) {
    console.error("cdkpipe: CodePipeline knows no value of " + variable + " of " + (action ?? "this run") + ", for " + name);
    process.exit(1);
  }
  console.log("export " + name + "=" + quote + values[at].split(quote).join(quote + "\\\\" + quote + quote) + quote);
});
`;

/**
 * @param seconds between the first two attempts, where a call failed or CodePipeline does not know a value yet; later pauses
 *   are up to four times as long, and each varies by half
 * @param spread seconds within which builds that start together begin to ask
 */
export function lookUpCommand(seconds = 5, spread = 3): string {
  return `CDKPIPE_FOUND="$(node -e '${script(seconds, spread)}')" && eval "$CDKPIPE_FOUND" && unset CDKPIPE_FOUND`;
}
