/** What of a plan CodePipeline cannot honour, as far as it can be known before anything is drawn. */
import { deploymentsOf, findStep, type Plan, type Problem } from '@cdkpipe/core';
import { actionsPerPipeline, limits, nameLimits } from '../aws/limits.ts';
import { findPartition } from '../aws/partitions.ts';
import { pipelineStackName, updateStackName } from '../names/names.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { outputDirectoryUnsafe } from '../problems/builds.ts';
import { partitionForeign, stackNameTaken } from '../problems/stacks.ts';
import { waitWithoutUpdate } from '../problems/stages.ts';
import { layOutStages, type StageLayout } from '../stages/lay-out-stages.ts';
import { checkArns } from './check-arns.ts';
import { checkBranch } from './check-branch.ts';
import { checkExisting } from './check-existing.ts';
import { checkNotifications } from './check-notifications.ts';
import { checkPublishers } from './check-publishers.ts';
import { checkRollback } from './check-rollback.ts';
import { checkStages } from './check-stages.ts';
import { checkTriggers } from './check-triggers.ts';
import { checkValues } from './check-values.ts';
import { checkName, checkNumber } from './within-limits.ts';

export function checkPlan(plan: Plan, options: CodePipelineOptions): Problem[] {
  const stages = layOutStages(plan, options);
  return [
    ...checkNumbers(plan, stages, options),
    ...checkNames(plan, stages),
    ...checkBuild(plan),
    ...checkPublishers(plan, options),
    ...checkPartitions(plan),
    ...checkArns(plan, options),
    ...checkTriggers(plan),
    ...checkBranch(plan),
    ...checkNotifications(plan, options),
    ...checkExisting(plan, options),
    ...checkValues(plan),
    ...checkRollback(plan, stages),
  ];
}

function checkNumbers(plan: Plan, stages: readonly StageLayout[], options: CodePipelineOptions): Problem[] {
  const subject = `pipeline "${plan.pipeline.name}"`;
  return [
    ...checkNumber(limits.stages, subject, stages.length),
    ...checkNumber(
      actionsPerPipeline(options.actionsPerPipeline),
      subject,
      stages.flatMap(({ actions }) => actions).length,
    ),
    ...checkStages(stages, options.actionsPerStage),
    ...(options.update && !options.selfUpdate ? [waitWithoutUpdate()] : []),
  ];
}

function checkNames({ pipeline, nodes }: Plan, stages: readonly StageLayout[]): Problem[] {
  const own = pipelineStackName(pipeline.name);
  return [
    ...checkName(nameLimits.pipeline, pipeline.name, { path: 'name' }),
    ...stages.flatMap(({ name, path }) => checkName(nameLimits.stage, name, { path })),
    ...nodes.flatMap(({ name, path, id }) => checkName(nameLimits.action, name, { path, node: id })),
    ...deploymentsOf(pipeline)
      .filter(({ name }) => [own, updateStackName(pipeline.name)].includes(name) || name.startsWith(`${own}-support-`))
      .map(({ name, path }) => stackNameTaken(name, 'the deployment', { path })),
  ];
}

function checkBuild({ pipeline: { build, additionalSources } }: Plan): Problem[] {
  return [
    ...checkNumber(limits.buildInputs, 'the build', 1 + additionalSources.length, { path: 'additionalSources' }),
    ...(build.timeout === undefined
      ? []
      : checkNumber(limits.buildTimeout, 'the build', build.timeout, { path: 'build.timeout' })),
    ...(/^[A-Za-z0-9._/-]+$/.test(build.output) ? [] : [outputDirectoryUnsafe(build.output)]),
  ];
}

function checkPartitions({ pipeline, nodes }: Plan): Problem[] {
  const home = findPartition(pipeline.env.region);
  const deployments = deploymentsOf(pipeline).map(({ env, path }) => ({ env, path: `${path}.env.region` }));
  // One step may stand behind several nodes.
  const steps = [...new Set(nodes.flatMap((node) => findStep(node) ?? []))].flatMap(({ runIn, path }) =>
    runIn ? [{ env: runIn, path: `${path}.options.runIn` }] : [],
  );
  // A stack may have an environment of its own.
  const stacks = nodes.flatMap((node) =>
    node.type === 'execute' ? [{ env: node.env, path: node.path, node: node.id }] : [],
  );
  const foreign = [...deployments, ...steps].filter(({ env }) => findPartition(env.region) !== home);
  const regions = new Set(foreign.map(({ env }) => env.region));
  const others = stacks.filter(({ env }) => findPartition(env.region) !== home && !regions.has(env.region));
  return [...foreign, ...others].map(({ env, ...place }) => partitionForeign(env.region, pipeline.env.region, place));
}
