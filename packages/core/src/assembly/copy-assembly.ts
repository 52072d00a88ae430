/** Copies an assembly that another program wrote into ours, so that one artifact carries everything. */
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type * as cdkLib from 'aws-cdk-lib';
import type * as cxApi from 'aws-cdk-lib/cx-api';
import type * as constructs from 'constructs';
import type { CdkLibrary } from '../contracts/backend.ts';
import * as words from '../errors/catalogue/assembly.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { assemblyDirectory, stagePath } from '../model/construct-path.ts';
import type { AssemblySource, Deployment } from '../model/pipeline.ts';
import { readManifests, writeManifests } from './copied-manifests.ts';
import { nameInDeployment } from './name-in-deployment.ts';
import { scopeAt } from './open-app.ts';
import { selectStacks } from './select-stacks.ts';
import { settleEnvironment } from './settle-environment.ts';

export interface CopyInput {
  readonly app: cdkLib.App;
  readonly cdk: CdkLibrary;
  /** Root of our assembly. */
  readonly outdir: string;
  readonly projectDirectory: string;
}

/** Undefined where the directory is no cloud assembly, or has not the stacks; the faults are added to `problems`. */
export async function copyAssembly(
  deployment: Deployment,
  { directory: from, stacks }: AssemblySource,
  input: CopyInput,
  problems: Problem[],
) {
  const { app, cdk, outdir, projectDirectory } = input;
  const { CloudAssembly } = cdk.require('aws-cdk-lib/cx-api') as typeof cxApi;
  const { attachCustomSynthesis } = cdk.require('aws-cdk-lib') as typeof cdkLib;
  const { Construct } = cdk.require('constructs') as typeof constructs;
  const directoryName = assemblyDirectory(deployment);
  const displayName = stagePath(deployment);
  try {
    const target = join(outdir, directoryName);
    await cp(resolve(projectDirectory, from), target, { recursive: true, dereference: true });
    const manifests = readManifests(target);
    const faults = stacks === undefined ? [] : selectStacks(manifests, stacks, deployment);
    problems.push(...faults);
    if (faults.length > 0) return undefined;
    settleEnvironment(manifests, deployment.env);
    nameInDeployment(manifests, displayName);
    writeManifests(manifests);
    attachCustomSynthesis(new Construct(scopeAt(app, deployment.constructPath, cdk), deployment.name), {
      onSynthesize: ({ assembly }) =>
        assembly.addArtifact(directoryName, {
          type: 'cdk:cloud-assembly' as never,
          properties: { directoryName, displayName },
        }),
    });
    return new CloudAssembly(target);
  } catch (error) {
    problems.push(words.assemblyUnreadable(deployment.path, from, describeThrown(error)));
    return undefined;
  }
}
