/** Lets a build ask CodePipeline for values, so that they arrive as they are, whatever they hold. */
import type { Environment, PlanNode } from '@cdkpipe/core';
import type { Grant } from '../contract/grant.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { ValueOrigin } from '../values/find-origin.ts';
import type { ProjectVariable } from './build-work.ts';
import { lookUpCommand } from './look-up-command.ts';
import { readAcrossAccounts } from './read-across-accounts.ts';

export interface LookUp {
  /** Name of the environment variable. */
  readonly name: string;
  readonly origin: ValueOrigin;
}

export interface LookUps {
  readonly commands: readonly string[];
  readonly variables: readonly ProjectVariable[];
  /** Stand in the action: an ID and a name, which cannot break anything. */
  readonly resolvedVariables: Readonly<Record<string, string>>;
  readonly grants: readonly Grant[];
}

export interface AskingBuild {
  readonly node: PlanNode;
  /** Where the build runs. */
  readonly env: Environment;
}

export function lookUpValues(drawing: Drawing, build: AskingBuild, lookUps: readonly LookUp[]): LookUps {
  if (lookUps.length === 0) return { commands: [], variables: [], resolvedVariables: {}, grants: [] };
  const { plan, home, pipelineArn } = drawing;
  const own = drawing.placeOf(build.node);
  const places = lookUps.map(({ name, origin }) => {
    if (origin.from === 'pipeline') return { name, variable: origin.variable };
    const { node, variable } = origin;
    return { name, variable, stage: drawing.placeOf(node).stage, action: node.name };
  });
  const ofActions = places.some(({ stage }) => stage !== undefined);
  // Also for a value of another stage, which a run that rolls back takes from the run it goes back to.
  const ofRuns = places.some(({ stage }) => stage !== own.stage);
  const actions = [
    ...(ofActions ? ['codepipeline:ListActionExecutions'] : []),
    ...(ofRuns ? ['codepipeline:GetPipelineExecution'] : []),
  ];
  const grant = { actions, resources: [pipelineArn], reason: 'look up the values its variables refer to' };
  const reading = readAcrossAccounts(drawing, build, grant);
  const constants = {
    CDKPIPE_PIPELINE: plan.pipeline.name,
    CDKPIPE_REGION: home.region,
    CDKPIPE_VALUES: JSON.stringify(places),
    ...(reading === undefined ? {} : { CDKPIPE_VALUE_ROLE: reading.roleArn }),
  };
  return {
    commands: [lookUpCommand()],
    variables: Object.entries(constants).map(([name, value]) => ({ name, type: 'PLAINTEXT', value })),
    resolvedVariables: {
      CDKPIPE_EXECUTION: '#{codepipeline.PipelineExecutionId}',
      CDKPIPE_ACTION: `${own.stage}/${own.name}`,
    },
    grants: [reading?.grant ?? grant],
  };
}
