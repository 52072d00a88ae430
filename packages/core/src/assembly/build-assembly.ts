/** Pipeline → Assembly: builds the CDK stages; the only room that touches them. */

import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type * as cdkLib from 'aws-cdk-lib';
import type * as cxApi from 'aws-cdk-lib/cx-api';
import type * as constructs from 'constructs';
import { locate } from '../config/locate.ts';
import type { AssembledDeployment, Assembly } from '../contracts/assembly.ts';
import type { CdkLibrary } from '../contracts/backend.ts';
import type { StackBuilder } from '../definition/deployment.ts';
import * as words from '../errors/catalogue/assembly.ts';
import { deploymentEmpty } from '../errors/catalogue/definition.ts';
import { isCdkpipeError, refuseIfAny } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import { environmentName } from '../model/environment.ts';
import { type Deployment, deploymentsOf, type Pipeline } from '../model/pipeline.ts';
import { checkStackNames } from './check-stack-names.ts';
import { orderStacks } from './order-stacks.ts';
import { type ReadStack, readStacks } from './read-stacks.ts';

export interface AssemblyInput {
  readonly pipeline: Pipeline;
  readonly builders: ReadonlyMap<string, StackBuilder>;
  readonly cdk: CdkLibrary;
  /** What `cdk.json` and `cdk.context.json` say. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Where the cloud assembly is written; must be empty or absent. */
  readonly outdir: string;
  readonly projectDirectory: string;
  /** Leaves look-ups that have no value yet to whoever reads the assembly, as the `cdk` CLI does for its apps. */
  readonly allowMissingContext: boolean;
}

export interface BuiltAssembly {
  readonly app: cdkLib.App;
  readonly assembly: Assembly;
}

/**
 * @throws CdkpipeError (`source: 'user'`) with the faults of all deployments
 */
export async function buildAssembly(input: AssemblyInput): Promise<BuiltAssembly> {
  const { App } = input.cdk.require('aws-cdk-lib') as typeof cdkLib;
  const app = new App({
    outdir: input.outdir,
    context: input.context,
    postCliContext: withoutDiagnostics,
    autoSynth: false,
    treeMetadata: false,
    analyticsReporting: false,
    // The same validator runs in a worker beside the rest; in this process it would hold everything up.
    builtinCloudFormationValidation: false,
  });
  const problems: Problem[] = [];
  const lookups = new Map<string, words.MissingLookup>();
  const deployments: AssembledDeployment[] = [];
  for (const deployment of deploymentsOf(input.pipeline)) {
    const read = await assembleDeployment(deployment, app, input, problems);
    if (!read) continue;
    for (const lookup of read.missing) lookups.set(lookup.key, lookup);
    if (read.stacks.length === 0) problems.push(deploymentEmpty(deployment.path, deployment.name));
    problems.push(...checkPlace(deployment, read.stacks));
    const ordered = orderStacks(deployment, read.stacks, problems);
    deployments.push({ name: deployment.name, directory: read.directory, stacks: ordered });
  }
  problems.push(...checkStackNames(deployments, input.pipeline));
  if (lookups.size > 0 && !input.allowMissingContext) problems.push(words.contextMissing([...lookups.values()]));
  refuseIfAny(problems);
  return { app, assembly: deepFreeze({ deployments }) };
}

/** Stacks of another program go where that program said; a deployment with none of them would speak of another place. */
function checkPlace({ app, env, path, name }: Deployment, stacks: readonly ReadStack[]): Problem[] {
  const places = [...new Set(stacks.map((stack) => environmentName(stack.env)))].filter(
    (at) => !at.includes('unknown-'),
  );
  if (app.from === 'stacks' || places.length === 0 || places.includes(environmentName(env))) return [];
  return [words.assemblyElsewhere(path, name, environmentName(env), places)];
}

/**
 * What the CDK would collect for its own telemetry and for reports of its own validator run; neither happens here, and
 * together they cost an eighth of the time that the stages take.
 */
const withoutDiagnostics = {
  '@aws-cdk/core:enableAdditionalMetadataCollection': false,
  'aws:cdk:disable-creation-stack-traces': true,
};

interface ReadDeployment {
  readonly directory: string;
  readonly stacks: readonly ReadStack[];
  readonly missing: readonly words.MissingLookup[];
}

async function assembleDeployment(
  deployment: Deployment,
  app: cdkLib.App,
  input: AssemblyInput,
  problems: Problem[],
): Promise<ReadDeployment | undefined> {
  const cloudAssembly =
    deployment.app.from === 'stacks'
      ? await synthesizeStage(deployment, app, input, problems)
      : await copyAssembly(deployment, deployment.app.directory, app, input, problems);
  if (!cloudAssembly) return undefined;
  const missing = (cloudAssembly.manifest.missing ?? []).map(({ key, provider }) => ({
    key,
    provider: String(provider),
  }));
  return {
    directory: `assembly-${deployment.name}`,
    stacks: readStacks(cloudAssembly, deployment, input.outdir, problems),
    missing,
  };
}

async function synthesizeStage(
  deployment: Deployment,
  app: cdkLib.App,
  { cdk, builders, projectDirectory }: AssemblyInput,
  problems: Problem[],
) {
  const { Stage } = cdk.require('aws-cdk-lib') as typeof cdkLib;
  const { name, env, path } = deployment;
  const stage = new Stage(app, name, { env });
  try {
    await builders.get(name)?.(stage);
  } catch (error) {
    if (isCdkpipeError(error)) throw error;
    problems.push(words.stacksThrew(path, name, describeThrown(error), locate(error, projectDirectory)));
    return undefined;
  }
  try {
    return stage.synth();
  } catch (error) {
    problems.push(words.synthesisFailed(path, name, describeThrown(error), locate(error, projectDirectory)));
    return undefined;
  }
}

/** Lays an assembly that another program wrote into ours, so that one artifact carries everything. */
async function copyAssembly(
  { name, path }: Deployment,
  directory: string,
  app: cdkLib.App,
  { cdk, projectDirectory, outdir }: AssemblyInput,
  problems: Problem[],
) {
  const { CloudAssembly } = cdk.require('aws-cdk-lib/cx-api') as typeof cxApi;
  const { attachCustomSynthesis } = cdk.require('aws-cdk-lib') as typeof cdkLib;
  const { Construct } = cdk.require('constructs') as typeof constructs;
  const directoryName = `assembly-${name}`;
  try {
    const target = join(outdir, directoryName);
    await cp(resolve(projectDirectory, directory), target, { recursive: true, dereference: true });
    attachCustomSynthesis(new Construct(app, name), {
      onSynthesize: (session) => {
        session.assembly.addArtifact(directoryName, {
          type: 'cdk:cloud-assembly' as never,
          properties: { directoryName, displayName: name },
        });
      },
    });
    return new CloudAssembly(target);
  } catch (error) {
    problems.push(words.assemblyUnreadable(path, directory, describeThrown(error)));
    return undefined;
  }
}
