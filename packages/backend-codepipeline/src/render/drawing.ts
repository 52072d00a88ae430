/** What everything that draws one pipeline shares. */
import type { Environment, Plan, RenderContext } from '@cdkpipe/core';
import type { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type ArtifactStores, createStores } from '../artifacts/artifact-stores.ts';
import type { CdkModules } from '../modules.ts';
import { cdkModules } from '../modules.ts';
import { constructId } from '../names/names.ts';
import type { CodePipelineOptions } from '../options.ts';
import { createStacks, type StackSet } from '../stacks/stack-set.ts';

export interface Drawing {
  readonly context: RenderContext<CodePipelineOptions>;
  readonly plan: Plan;
  readonly cdk: CdkModules;
  /** Where the pipeline lives. */
  readonly home: Environment;
  readonly stack: Stack;
  readonly stacks: StackSet;
  readonly stores: ArtifactStores;
  /** ARN of the pipeline, written with its name so that nothing has to wait for it. */
  readonly pipelineArn: string;
  /** A construct for what one node needs; the same for the same node and environment. */
  scopeOf(nodeId: string, env: Environment): Construct;
}

export function startDrawing(context: RenderContext<CodePipelineOptions>): Drawing {
  const { plan } = context;
  const home = plan.pipeline.env;
  const cdk = cdkModules(context.cdk, home.region);
  const stacks = createStacks(context.app, cdk, plan.pipeline);
  return {
    context,
    plan,
    cdk,
    home,
    stack: stacks.pipeline,
    stacks,
    stores: createStores(cdk, stacks, home, keyRegions(context)),
    pipelineArn: `arn:${cdk.partition}:codepipeline:${home.region}:${home.account}:${plan.pipeline.name}`,
    scopeOf(nodeId, env) {
      const stack = stacks.in(env);
      const id = constructId(nodeId);
      return (stack.node.tryFindChild(id) as Construct | undefined) ?? new cdk.constructs.Construct(stack, id);
    },
  };
}

/** Regions in which a role of another account will read artifacts. */
function keyRegions({ plan, assembly }: RenderContext<CodePipelineOptions>): ReadonlySet<string> {
  const stacks = assembly.deployments.flatMap((deployment) => deployment.stacks);
  return new Set(stacks.filter(({ env }) => env.account !== plan.pipeline.env.account).map(({ env }) => env.region));
}
