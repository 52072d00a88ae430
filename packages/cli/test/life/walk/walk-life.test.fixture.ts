/**
 * Walks the life of a pipeline: the first deployment, stack by stack, then a run through all of its stages, then what
 * services call by themselves. `updateTo` walks the update from one version to another.
 */
import { cdkDeployCalls } from '../calls/cdk-deploy.test.fixture.ts';
import { accessLogCalls, ruleCalls, scheduleCalls } from '../calls/events.test.fixture.ts';
import { functionCalls, windowCalls } from '../calls/functions.test.fixture.ts';
import type { DeployedPipeline, Life, LifeCall } from '../calls/life-call.test.fixture.ts';
import type { StackArtifact } from '../calls/manifest.test.fixture.ts';
import { stageCalls, startCalls } from '../calls/pipeline-run.test.fixture.ts';
import { bootstrap } from '../cloud/bootstrap.test.fixture.ts';
import { Cloud, type Outside } from '../cloud/cloud.test.fixture.ts';
import { type DeployedStack, deploy, madeBefore } from '../cloud/template.test.fixture.ts';
import type { Emitted } from './emitted.test.fixture.ts';
import type { Findings } from './findings.test.fixture.ts';
import { missingPrincipals } from './principals-exist.test.fixture.ts';

/** Accounts that are bootstrapped, and nothing of the pipeline in them. */
export function emptyCloud({ environments, home }: Emitted, outside: Outside = {}): Cloud {
  const stacks = environments.map((env) =>
    bootstrap(env, env.account === home.account ? {} : { trust: [home.account] }),
  );
  return stacks.reduce((cloud, stack) => cloud.with(stack), new Cloud([], outside));
}

/** A person of the pipeline's account deploys it for the first time. */
export function firstDeployment(emitted: Emitted, cloud: Cloud, findings: Findings): Cloud {
  const person = { root: emitted.home.account };
  let now = cloud;
  for (const stack of emitted.stacks) {
    findings.ask(now, cdkDeployCalls(person, stack, emitted.assembly, now), `first deployment of ${stack.name}`);
    now = deployOne(stack, now, findings);
  }
  // The first run starts with the pipeline, when only that is there which it waits for.
  const life = lifeOf(emitted, atBirth(emitted, now));
  const [source] = life.pipeline.properties.Stages;
  findings.ask(life.cloud, [...startCalls(life), ...stageCalls(source, life)], 'the first run');
  return now;
}

function deployOne({ name, env, template }: StackArtifact, cloud: Cloud, findings: Findings): Cloud {
  const stack = deploy({ name, env, template });
  for (const missing of missingPrincipals(stack, cloud)) findings.denied.add(missing);
  return cloud.with(stack);
}

/** Stacks as they are when each was deployed, whoever did it. */
export function deployAll(stacks: readonly StackArtifact[], cloud: Cloud): Cloud {
  return stacks.reduce((now, { name, env, template }) => now.with(deploy({ name, env, template })), cloud);
}

/** Of the pipeline's own stack only what CloudFormation makes before the pipeline. */
function atBirth(emitted: Emitted, cloud: Cloud): Cloud {
  const own = ownStack(emitted, cloud);
  const pipeline = pipelineIn(own);
  const resources = [...madeBefore(own, pipeline.logicalId), pipeline];
  return cloud.with({ ...own, resources });
}

function ownStack({ stacks }: Emitted, cloud: Cloud): DeployedStack {
  const { name } = stacks.at(-1) as StackArtifact;
  const found = cloud.stacks.find((stack) => stack.name === name);
  if (!found) throw new Error(`${name} is not deployed`);
  return found;
}

function pipelineIn({ name, resources }: DeployedStack) {
  const found = resources.find(({ type }) => type === 'AWS::CodePipeline::Pipeline');
  if (!found) throw new Error(`${name} has no pipeline`);
  return found;
}

/** @param emitted whose assembly is built and deployed by the run */
export function lifeOf(emitted: Emitted, cloud: Cloud): Life {
  const { names, properties } = pipelineIn(ownStack(emitted, cloud));
  const pipeline: DeployedPipeline = {
    arn: names.arn ?? '',
    name: names.ref,
    roleArn: properties.RoleArn,
    properties,
  };
  return { cloud, assembly: emitted.assembly, home: emitted.home, pipeline };
}

/** A run of the pipeline that is deployed, from the first stage to the last, with an update to `next` on the way. */
export function run(emitted: Emitted, cloud: Cloud, findings: Findings, next = emitted): void {
  const life = lifeOf(emitted, cloud);
  findings.ask(cloud, startCalls(life), 'a run');
  for (const stage of life.pipeline.properties.Stages)
    findings.ask(cloud, stageCalls(stage, life), `the stage ${stage.Name}`);
  update(next, cloud, findings);
}

/**
 * Stages that are rolled back: their actions run again, as the pipeline stands now, with the artifacts of an earlier run
 * (https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html).
 *
 * @param earlier what the earlier run had built
 * @returns names of the stages
 */
export function rollBack(earlier: Emitted, cloud: Cloud, findings: Findings): string[] {
  const life = lifeOf(earlier, cloud);
  const stages = life.pipeline.properties.Stages.filter(
    ({ OnFailure }: DeployedPipeline['properties']) => OnFailure?.Result === 'ROLLBACK',
  );
  for (const stage of stages)
    findings.ask(cloud, [...startCalls(life), ...stageCalls(stage, life)], `the rollback of ${stage.Name}`);
  return stages.map(({ Name }: DeployedPipeline['properties']) => Name);
}

/** Services that call when something happens, and the functions that they call. */
export function events(emitted: Emitted, cloud: Cloud, findings: Findings): void {
  const life = lifeOf(emitted, cloud);
  const windows = cloud.all('AWS::Lambda::Function').flatMap((fn): LifeCall[] => {
    const calls = windowCalls(fn, life);
    return calls.length > 0 ? [...functionCalls(fn, fn.stack.env), ...calls] : [];
  });
  const calls = [...ruleCalls(cloud), ...scheduleCalls(cloud), ...accessLogCalls(cloud), ...windows];
  findings.ask(cloud, calls, 'an event');
}

/** The project that updates the pipeline deploys the stacks of the next version, one after the other. */
export function update(next: Emitted, cloud: Cloud, findings: Findings): Cloud {
  const project = cloud
    .all('AWS::CodeBuild::Project')
    .find(({ properties }) => /"CDKPIPE_STACK"/.test(JSON.stringify(properties.Environment)));
  if (!project) return cloud;
  const caller = { role: project.properties.ServiceRole };
  let now = cloud;
  for (const stack of next.stacks) {
    const calls = cdkDeployCalls(caller, stack, next.assembly, now);
    findings.ask(now, calls, `the update of ${stack.name}`);
    now = deployOne(stack, now, findings);
  }
  return now;
}
