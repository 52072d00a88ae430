/** Builds the stacks of one deployment in a CDK Stage and synthesises it. */
import type * as cdkLib from 'aws-cdk-lib';
import type { CdkLibrary } from '../contracts/backend.ts';
import type { DeploymentStacks, StageOptions } from '../definition/deployment.ts';
import { isStageClass } from '../definition/stage-class.ts';
import * as words from '../errors/catalogue/assembly.ts';
import { isCdkpipeError, refused } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { locate } from '../loading/locate.ts';
import { withinTime } from '../loading/within-time.ts';
import type { Deployment } from '../model/pipeline.ts';
import { markOutputs } from './mark-outputs.ts';
import { scopeAt } from './open-app.ts';

export interface StageInput {
  readonly app: cdkLib.App;
  readonly cdk: CdkLibrary;
  readonly stacks: DeploymentStacks | undefined;
  readonly stageProps: StageOptions | undefined;
  readonly projectDirectory: string;
  /** Time limit for `stacks`, in milliseconds. */
  readonly stacksTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Undefined where it cannot be built; the faults are added to `problems`. */
export async function synthesizeStage(deployment: Deployment, input: StageInput, problems: Problem[]) {
  const { name, path } = deployment;
  const faultAt = (error: unknown) => locate(error, input.projectDirectory);
  let stage: cdkLib.Stage | undefined;
  try {
    const built = await buildStage(deployment, input, problems);
    if (built) markOutputs(deployment, { ...built, cdk: input.cdk }, problems);
    stage = built?.stage;
  } catch (error) {
    input.signal?.throwIfAborted();
    if (isCdkpipeError(error)) throw error;
    problems.push(words.stacksThrew(path, name, describeThrown(error), faultAt(error)));
  }
  try {
    return stage?.synth();
  } catch (error) {
    problems.push(words.synthesisFailed(path, name, describeThrown(error), faultAt(error)));
    return undefined;
  }
}

async function buildStage({ name, env, path, constructPath }: Deployment, input: StageInput, problems: Problem[]) {
  const { app, cdk, stacks, stageProps = {} } = input;
  const library = cdk.require('aws-cdk-lib') as typeof cdkLib;
  const { Stage } = library;
  const scope = scopeAt(app, constructPath, cdk);
  if (!isStageClass(stacks)) {
    // Older releases would ignore them.
    if (stageProps.propertyInjectors && !('PropertyInjectors' in library))
      throw new Error('this release of aws-cdk-lib has no property injectors');
    const stage = new Stage(scope, name, { ...stageProps, env });
    const made = await withinTime(async () => stacks?.(stage), {
      milliseconds: input.stacksTimeoutMs,
      signal: input.signal,
      timedOut: () => refused([words.stacksTimedOut(path, name, input.stacksTimeoutMs / 1000)]),
    });
    return { stage, made };
  }
  const stage = stacks.construct(scope, name, env);
  if (Stage.isStage(stage) && stage.node.id === name && stage.node.scope === scope) return { stage, made: stage };
  problems.push(words.notAStage(path, name));
  return undefined;
}
