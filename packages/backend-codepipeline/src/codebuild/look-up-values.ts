/** Lets a build ask CodePipeline for values, so that they arrive as they are, whatever they hold. */
import type { Grant } from '../contract/grant.ts';
import type { Drawing } from '../render/drawing.ts';
import type { ValueOrigin } from '../values/find-origin.ts';
import type { ProjectVariable } from './build-work.ts';

export interface LookUp {
  /** Name of the environment variable. */
  readonly name: string;
  readonly origin: ValueOrigin;
}

export interface LookUps {
  readonly commands: readonly string[];
  readonly variables: readonly ProjectVariable[];
  /** Stands in the action; it is an ID, which cannot break anything. */
  readonly resolvedVariables: Readonly<Record<string, string>>;
  readonly grants: readonly Grant[];
}

export function lookUpValues(drawing: Drawing, lookUps: readonly LookUp[]): LookUps {
  if (lookUps.length === 0) return { commands: [], variables: [], resolvedVariables: {}, grants: [] };
  const { plan, home, pipelineArn } = drawing;
  const places = lookUps.map(({ name, origin }) => {
    if (origin.from === 'pipeline') return { name, variable: origin.variable };
    const { node, variable } = origin;
    return { name, variable, stage: drawing.placeOf(node).stage, action: node.name };
  });
  const constants = {
    CDKPIPE_PIPELINE: plan.pipeline.name,
    CDKPIPE_REGION: home.region,
    CDKPIPE_VALUES: JSON.stringify(places),
  };
  const from = new Set(lookUps.map(({ origin }) => origin.from));
  const actions = [
    ...(from.has('action') ? ['codepipeline:ListActionExecutions'] : []),
    ...(from.has('pipeline') ? ['codepipeline:GetPipelineExecution'] : []),
  ];
  return {
    commands: [lookUpCommand()],
    variables: Object.entries(constants).map(([name, value]) => ({ name, type: 'PLAINTEXT', value })),
    resolvedVariables: { CDKPIPE_EXECUTION: '#{codepipeline.PipelineExecutionId}' },
    grants: [{ actions, resources: [pipelineArn], reason: 'look up the values its variables refer to' }],
  };
}

// Holds no single quote, as the shell gets it between two of them. History may lag a little behind, so it asks again.
const script = (seconds: number) => `
const { execFileSync } = require("node:child_process");
const { CDKPIPE_PIPELINE, CDKPIPE_REGION, CDKPIPE_EXECUTION, CDKPIPE_VALUES } = process.env;
const wanted = JSON.parse(CDKPIPE_VALUES);
const ask = (verb, ...more) => JSON.parse(execFileSync("aws", ["codepipeline", verb, "--pipeline-name", CDKPIPE_PIPELINE,
  "--region", CDKPIPE_REGION, "--output", "json", ...more], { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "inherit"] }));
const newest = (a, b) => (a.lastUpdateTime < b.lastUpdateTime ? 1 : -1);
const find = () => {
  const ofRun = wanted.some(({ stage }) => stage === undefined)
    ? ask("get-pipeline-execution", "--pipeline-execution-id", CDKPIPE_EXECUTION).pipelineExecution.variables ?? [] : [];
  const done = wanted.some(({ stage }) => stage !== undefined)
    ? ask("list-action-executions", "--filter", "pipelineExecutionId=" + CDKPIPE_EXECUTION).actionExecutionDetails : [];
  return wanted.map(({ variable, stage, action }) => stage === undefined
    ? ofRun.find(({ name }) => name === variable)?.resolvedValue
    : done.filter((each) => each.stageName === stage && each.actionName === action && each.status === "Succeeded")
        .sort(newest)[0]?.output?.outputVariables?.[variable]);
};
let values = find();
for (let tries = 1; values.includes(undefined) && tries < 6; tries++) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${seconds * 1000});
  values = find();
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

/** @param seconds between two questions, where CodePipeline does not know a value yet */
export function lookUpCommand(seconds = 5): string {
  return `CDKPIPE_FOUND="$(node -e '${script(seconds)}')" && eval "$CDKPIPE_FOUND" && unset CDKPIPE_FOUND`;
}
