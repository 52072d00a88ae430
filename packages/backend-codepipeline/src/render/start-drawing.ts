/** Makes what everything that renders one pipeline shares. */
import { type Environment, findStep, type RenderContext, unreachable } from '@cdkpipe/core';
import type { Construct } from 'constructs';
import { createStores, type ForeignReading } from '../artifacts/artifact-stores.ts';
import { cdkModules } from '../aws/modules.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { collectTexts } from '../drawing/requested-texts.ts';
import { roleArnOf } from '../iam/arns.ts';
import { constructId, physicalPrefix, pipelineRoleName } from '../names/names.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { createStacks } from '../stacks/stack-set.ts';
import { layOutStages } from '../stages/lay-out-stages.ts';
import { startReads } from '../values/variable-reads.ts';

export function startDrawing(context: RenderContext<CodePipelineOptions>): Drawing {
  const { plan } = context;
  const home = plan.pipeline.env;
  const { organization } = context.options;
  const cdk = cdkModules(context.cdk, home.region);
  const stages = layOutStages(plan, context.options);
  const pipelineArn = `arn:${cdk.partition}:codepipeline:${home.region}:${home.account}:${plan.pipeline.name}`;
  const stacks = createStacks(context.app, cdk, plan.pipeline);
  return {
    context,
    plan,
    cdk,
    home,
    stack: stacks.pipeline,
    stacks,
    stepOutputs: new Map(),
    stores: createStores(cdk, stacks, {
      pipeline: plan.pipeline.name,
      home,
      foreign: foreignReading(context),
      accessLogs: context.options.accessLogs,
      organization:
        organization === undefined ? undefined : { id: organization, rolePrefix: physicalPrefix(plan.pipeline.name) },
      existing: context.options.existing.artifacts,
    }),
    projects: new Map(),
    pipelineArn,
    reads: startReads(),
    pipelineRoleArn:
      context.options.existing.pipelineRole ?? roleArnOf(cdk, home.account, pipelineRoleName(plan.pipeline.name, home)),
    placeOf({ id, name }) {
      const stage = stages.find(({ actions }) => actions.some(({ node }) => node.id === id))?.name;
      if (stage === undefined) return unreachable(`a node in no stage, "${id}"`);
      return { pipeline: plan.pipeline.name, stage, name, pipelineArn, actionArn: `${pipelineArn}/${stage}/${name}` };
    },
    texts: collectTexts(),
    scopeOf(nodeId, env) {
      const stack = stacks.in(env);
      const id = constructId(nodeId);
      return (stack.node.tryFindChild(id) as Construct | undefined) ?? new cdk.constructs.Construct(stack, id);
    },
  };
}

/**
 * Known before anything is drawn, as keys and names of buckets cannot follow later: where stacks of other accounts are
 * deployed from templates, and where steps of other accounts may take inputs.
 */
function foreignReading({ plan, assembly }: RenderContext<CodePipelineOptions>): ForeignReading {
  const stacks = assembly.deployments.flatMap((deployment) => deployment.stacks.map(({ env }) => env));
  const steps = plan.nodes.flatMap((node) => findStep(node)?.runIn ?? []);
  const regions = (envs: readonly Environment[]) =>
    new Set(envs.filter(({ account }) => account !== plan.pipeline.env.account).map(({ region }) => region));
  return { any: regions([...stacks, ...steps]), inputs: regions(steps) };
}
