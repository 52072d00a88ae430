/** Pipeline → Assembly: builds the CDK stages; the only room that touches them. */
import type * as cdkLib from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { AssembledDeployment, Assembly } from '../contracts/assembly.ts';
import type { CdkLibrary } from '../contracts/backend.ts';
import type { DeploymentStacks, StageOptions } from '../definition/deployment.ts';
import * as words from '../errors/catalogue/assembly.ts';
import { deploymentEmpty } from '../errors/catalogue/definition.ts';
import { refuseIfAny } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { assemblyDirectory } from '../model/construct-path.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import { environmentName } from '../model/environment.ts';
import { type Deployment, deploymentsOf, type Pipeline } from '../model/pipeline.ts';
import { checkStackNames } from './check-stack-names.ts';
import { copyAssembly } from './copy-assembly.ts';
import { hideDirectories } from './hide-directories.ts';
import { openApp } from './open-app.ts';
import { orderStacks } from './order-stacks.ts';
import { readAnnotationWarnings } from './read-annotations.ts';
import { type ReadStack, readStacks } from './read-stacks.ts';
import { synthesizeStage } from './synthesize-stage.ts';
import { updateWeakReferences } from './update-weak-references.ts';

export interface AssemblyInput {
  readonly pipeline: Pipeline;
  readonly builders: ReadonlyMap<string, DeploymentStacks>;
  /** Properties of the stages that functions of `builders` get. */
  readonly stageProps: ReadonlyMap<string, StageOptions>;
  readonly cdk: CdkLibrary;
  /** What `cdk.json` and `cdk.context.json` say. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Where the cloud assembly is written; must be empty or absent. */
  readonly outdir: string;
  readonly projectDirectory: string;
  /** Absolute paths of directories that are not part of any asset. */
  readonly hidden: readonly string[];
  /** Leaves look-ups that have no value yet to whoever reads the assembly, as the `cdk` CLI does for its apps. */
  readonly allowMissingContext: boolean;
  /** Time limit for the `stacks` of each deployment, in milliseconds. */
  readonly stacksTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface BuiltAssembly {
  readonly app: cdkLib.App;
  readonly assembly: Assembly;
  /** What constructs of the author's stacks warn of. */
  readonly warnings: readonly Problem[];
}

/**
 * @throws CdkpipeError (`source: 'user'`) with the faults of all deployments
 */
export async function buildAssembly(input: AssemblyInput): Promise<BuiltAssembly> {
  const app = openApp(input);
  using _ = hideDirectories(input.cdk, [...input.hidden, input.outdir]);
  const problems: Problem[] = [];
  const lookups = new Map<string, words.MissingLookup>();
  const warnings: Problem[] = [];
  const deployments: AssembledDeployment[] = [];
  for (const deployment of deploymentsOf(input.pipeline)) {
    const read = await assembleDeployment(deployment, app, input, problems);
    if (!read) continue;
    warnings.push(...read.warnings);
    for (const lookup of read.missing) lookups.set(lookup.key, lookup);
    if (read.stacks.length === 0) problems.push(deploymentEmpty(deployment.path, deployment.name));
    problems.push(...checkPlace(deployment, read.stacks));
    const ordered = orderStacks(deployment, read.stacks, problems);
    deployments.push({ name: deployment.name, directory: read.directory, stacks: ordered });
  }
  problems.push(...checkStackNames(deployments, input.pipeline));
  if (lookups.size > 0 && !input.allowMissingContext) problems.push(words.contextMissing([...lookups.values()]));
  refuseIfAny(problems);
  return { app, assembly: deepFreeze({ deployments }), warnings };
}

/** Stacks of another program go where that program said; a deployment with none of them would speak of another place. */
function checkPlace({ app, env, path, name }: Deployment, stacks: readonly ReadStack[]): Problem[] {
  const places = [...new Set(stacks.map((stack) => environmentName(stack.env)))].filter(
    (at) => !at.includes('unknown-'),
  );
  if (app.from === 'stacks' || places.length === 0 || places.includes(environmentName(env))) return [];
  return [words.assemblyElsewhere(path, name, environmentName(env), places)];
}

interface ReadDeployment {
  readonly directory: string;
  readonly stacks: readonly ReadStack[];
  readonly missing: readonly words.MissingLookup[];
  readonly warnings: readonly Problem[];
}

async function assembleDeployment(
  deployment: Deployment,
  app: cdkLib.App,
  input: AssemblyInput,
  problems: Problem[],
): Promise<ReadDeployment | undefined> {
  const { app: from, name } = deployment;
  const cloudAssembly =
    from.from === 'stacks'
      ? await synthesizeStage(
          deployment,
          { ...input, app, stacks: input.builders.get(name), stageProps: input.stageProps.get(name) },
          problems,
        )
      : await copyAssembly(deployment, from, { ...input, app }, problems);
  if (!cloudAssembly) return undefined;
  const read = () =>
    readDeployment(
      deployment.updateWeakReferences === true
        ? updateWeakReferences(cloudAssembly, deployment, input.cdk, problems)
        : cloudAssembly,
      deployment,
      input,
      problems,
    );
  if (from.from === 'stacks') return read();
  try {
    return read();
  } catch (error) {
    // Another program wrote it, so nothing in it is certain.
    problems.push(words.assemblyUnreadable(deployment.path, from.directory, describeThrown(error)));
    return undefined;
  }
}

function readDeployment(
  cloudAssembly: CloudAssembly,
  deployment: Deployment,
  { outdir }: AssemblyInput,
  problems: Problem[],
): ReadDeployment {
  const missing = (cloudAssembly.manifest.missing ?? []).map(({ key, provider }) => ({
    key,
    provider: String(provider),
  }));
  return {
    directory: assemblyDirectory(deployment),
    stacks: readStacks(cloudAssembly, deployment, outdir, problems),
    missing,
    warnings: cloudAssembly.stacksRecursively.flatMap((stack) =>
      readAnnotationWarnings(stack, `${deployment.path} (stack ${stack.hierarchicalId})`),
    ),
  };
}
