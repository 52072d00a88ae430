/** Definition → Pipeline: normalises into frozen plain data and checks the invariants. */
import type { Registry } from '../contracts/registry.ts';
import type { DeploymentStacks, StageOptions } from '../definition/deployment.ts';
import { isStageClass } from '../definition/stage-class.ts';
import * as words from '../errors/catalogue/definition.ts';
import { stagePropsUnused } from '../errors/catalogue/stage-props.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { Build } from '../model/build.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import { nameKey } from '../model/names.ts';
import type { AssemblySource, Deployment, Pipeline, Rehearsal, Wave } from '../model/pipeline.ts';
import { stepOwner } from '../model/step-id.ts';
import { isEmptyWorkflow } from '../model/workflow.ts';
import { groupNames, reservedGroupNames } from '../plan/plan.ts';
import type { ShapedDefinition, ShapedDeployment } from '../shape/definition-schema.ts';
import { checkDirectories } from '../shape/workspace-directories.ts';
import { checkConstructPaths } from './check-construct-paths.ts';
import { readAdditionalSource, readSource } from './read-source.ts';
import { readVariables } from './read-variables.ts';
import { readWorkflow } from './read-workflow.ts';

/** The model, and what is not data: the functions and classes that build stacks, by deployment. */
export interface ModelledPipeline {
  readonly pipeline: Pipeline;
  readonly builders: ReadonlyMap<string, DeploymentStacks>;
  /** Properties of the stages that functions of `builders` get, by deployment. */
  readonly stageProps: ReadonlyMap<string, StageOptions>;
}

/**
 * @param place directory of the definition relative to the root of the source; empty where both are the same
 * @throws CdkpipeError (`source: 'user'`) with every invariant that does not hold
 */
export async function modelPipeline(
  definition: ShapedDefinition,
  registry: Registry,
  place = '',
): Promise<ModelledPipeline> {
  const problems: Problem[] = [];
  const builders = new Map<string, DeploymentStacks>();
  const stageProps = new Map<string, StageOptions>();
  const additionalSources = Object.entries(definition.additionalSources).map(([directory, additional]) =>
    readAdditionalSource(directory, additional, problems),
  );
  const build = await readBuild(definition, registry, place, problems);
  problems.push(...checkDirectories(additionalSources, build.output));

  const update = await readWorkflow(
    definition.update?.before,
    'update.before',
    { position: 'wave', owner: stepOwner.before(groupNames.update), pipelineEnv: definition.env, taken: new Map() },
    registry,
    problems,
  );

  const waveNames = new Map<string, string>();
  const deploymentNames = new Map<string, string>();
  const waves: Wave[] = [];
  for (const [w, wave] of definition.waves.entries()) {
    const path = `waves[${w}]`;
    problems.push(...claimName(waveNames, 'wave', wave.name, path));
    if (reservedGroupNames.some((name) => nameKey(name) === nameKey(wave.name)))
      problems.push(words.waveNameReserved(`${path}.name`, wave.name));
    const deployments: Deployment[] = [];
    for (const [d, deployment] of wave.deployments.entries()) {
      const at = `${path}.deployments[${d}]`;
      problems.push(...claimName(deploymentNames, 'deployment', deployment.name, at));
      deployments.push(await readDeployment(deployment, at, definition, registry, problems));
      if (deployment.stacks) builders.set(deployment.name, deployment.stacks);
      if (!deployment.stageProps) continue;
      if (typeof deployment.stacks === 'function')
        stageProps.set(deployment.name, deployment.stageProps as StageOptions);
      else problems.push(stagePropsUnused(at, deployment.name, isStageClass(deployment.stacks)));
    }
    const before = await readWorkflow(
      wave.before,
      `${path}.before`,
      { position: 'wave', owner: stepOwner.before(wave.name), pipelineEnv: definition.env, taken: new Map() },
      registry,
      problems,
    );
    waves.push({ name: wave.name, before, deployments, path, ...(wave.rollback ? { rollback: wave.rollback } : {}) });
  }
  problems.push(...checkConstructPaths(waves.flatMap((wave) => wave.deployments)));
  const source = readSource(definition.source, problems);
  const variables = readVariables(definition, source, problems);
  refuseIfAny(problems);
  const pipeline: Pipeline = {
    name: definition.name,
    env: definition.env,
    source,
    additionalSources,
    ...(variables.length > 0 ? { variables } : {}),
    build,
    ...(isEmptyWorkflow(update) ? {} : { update: { before: update } }),
    waves,
    ...(definition.rehearsal ? { rehearsal: readRehearsal(definition.rehearsal) } : {}),
  };
  return { pipeline: deepFreeze(pipeline), builders, stageProps };
}

function claimName(taken: Map<string, string>, what: string, name: string, path: string): Problem[] {
  const holder = taken.get(nameKey(name));
  taken.set(nameKey(name), path);
  return holder === undefined ? [] : [words.nameTaken(`${path}.name`, what, name, holder)];
}

async function readBuild(
  definition: ShapedDefinition,
  registry: Registry,
  directory: string,
  problems: Problem[],
): Promise<Build> {
  // Where `cdkpipe synth` writes by itself.
  const { before, after, output = directory === '' ? 'cdk.out' : `${directory}/cdk.out`, ...rest } = definition.build;
  if (rest.script === undefined && rest.commands.length === 0) problems.push(words.buildEmpty());
  const place = {
    position: 'build' as const,
    owner: stepOwner.build,
    pipelineEnv: definition.env,
    taken: new Map([[nameKey('Build'), 'build']]),
  };
  return {
    ...definedOnly(rest),
    output,
    before: await readWorkflow(before, 'build.before', place, registry, problems),
    after: await readWorkflow(after, 'build.after', place, registry, problems),
  };
}

async function readDeployment(
  deployment: ShapedDeployment,
  path: string,
  definition: ShapedDefinition,
  registry: Registry,
  problems: Problem[],
): Promise<Deployment> {
  const { name, env, stacks, assembly, order, prepare = 'auto', rollback } = deployment;
  if (stacks && assembly !== undefined) problems.push(words.deploymentAmbiguous(path, name));
  if (!stacks && assembly === undefined) problems.push(words.deploymentEmpty(path, name));
  const taken = new Map<string, string>();
  const place = { owner: stepOwner.deployment(name), pipelineEnv: definition.env, targetEnv: env, taken };
  const read = (value: unknown, at: string, position: 'change' | 'approval') =>
    readWorkflow(value, `${path}.${at}`, { ...place, position }, registry, problems);
  const constructPath = deployment.constructPath ?? definition.constructPath;
  return {
    name,
    env,
    ...(constructPath ? { constructPath } : {}),
    app: assembly === undefined ? { from: 'stacks' } : assemblySource(assembly),
    order,
    changes: await read(deployment.changes, 'changes', 'change'),
    approvals: await read(deployment.approvals, 'approvals', 'approval'),
    prepare,
    path,
    ...((deployment.updateWeakReferences ?? definition.updateWeakReferences) ? { updateWeakReferences: true } : {}),
    ...(rollback ? { rollback } : {}),
  };
}

function assemblySource(assembly: NonNullable<ShapedDeployment['assembly']>): AssemblySource {
  return { from: 'assembly', ...(typeof assembly === 'string' ? { directory: assembly } : assembly) };
}

type DefinedOnly<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Drops keys whose value is undefined, as `exactOptionalPropertyTypes` wants it. */
function definedOnly<T extends object>(value: T): DefinedOnly<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as DefinedOnly<T>;
}

function readRehearsal({ outputs, against }: NonNullable<ShapedDefinition['rehearsal']>): Rehearsal {
  return { outputs, ...(against === undefined ? {} : { against }) };
}
