/** Reads a cloud assembly that lies on disk, as `cdkpipe synth` wrote it, for what runs it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type * as cxApi from 'aws-cdk-lib/cx-api';
import type { AssembledDeployment, Assembly } from '../contracts/assembly.ts';
import type { CdkLibrary } from '../contracts/backend.ts';
import * as words from '../errors/catalogue/assembly.ts';
import { deploymentEmpty } from '../errors/catalogue/definition.ts';
import { refused, refuseIfAny } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { assemblyDirectory } from '../model/construct-path.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import { deploymentsOf, type Pipeline } from '../model/pipeline.ts';
import { checkStackNames } from './check-stack-names.ts';
import { orderStacks } from './order-stacks.ts';
import { readStacks } from './read-stacks.ts';

/**
 * Every deployment of the model, read from its directory of the assembly.
 *
 * @throws CdkpipeError (`source: 'user'`) naming each deployment that the assembly does not hold, or holds differently
 */
export function readAssembly(pipeline: Pipeline, directory: string, cdk: CdkLibrary): Assembly {
  const root = resolve(directory);
  if (!existsSync(join(root, 'manifest.json'))) throw refused([words.assemblyMissing(root)]);
  const { CloudAssembly } = cdk.require('aws-cdk-lib/cx-api') as typeof cxApi;
  const problems: Problem[] = [];
  const deployments: AssembledDeployment[] = [];
  for (const deployment of deploymentsOf(pipeline)) {
    const { name, path } = deployment;
    const nested = assemblyDirectory(deployment);
    if (!existsSync(join(root, nested, 'manifest.json'))) {
      problems.push(words.assemblyOfOtherDefinition(path, name, root));
      continue;
    }
    try {
      const stacks = readStacks(new CloudAssembly(join(root, nested)), deployment, root, problems);
      if (stacks.length === 0) problems.push(deploymentEmpty(path, name));
      deployments.push({ name, directory: nested, stacks: orderStacks(deployment, stacks, problems) });
    } catch (error) {
      problems.push(words.assemblyUnreadable(path, join(root, nested), describeThrown(error)));
    }
  }
  problems.push(...checkStackNames(deployments, pipeline));
  refuseIfAny(problems);
  return deepFreeze({ deployments });
}
