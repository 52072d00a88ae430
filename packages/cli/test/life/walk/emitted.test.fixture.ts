/** A pipeline as it was emitted: its assembly, the stacks of its own, and the environments that it touches. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import codePipeline from '@cdkpipe/backend-codepipeline';
import { findFirstStack } from '@cdkpipe/core';
import { synthesize } from '@cdkpipe/core/host';
import { readJson, type StackArtifact, stacksToDeploy } from '../calls/manifest.test.fixture.ts';
import type { Env, Json } from '../cloud/template.test.fixture.ts';

export interface Emitted {
  readonly assembly: string;
  /** In the order in which `cdk deploy` takes them; the pipeline's is the last. */
  readonly stacks: readonly StackArtifact[];
  readonly home: Env;
  /** Of all stacks, also those that the pipeline deploys. */
  readonly environments: readonly Env[];
}

/** @param cwd directory of the definition */
export async function emit(cwd: string, output = join(cwd, 'cdk.out')): Promise<Emitted> {
  const report = await synthesize({ cwd, output, builtIns: [codePipeline], validate: false });
  return readEmitted(output, findFirstStack(report.next) ?? '');
}

export function readEmitted(assembly: string, pipelineStack: string): Emitted {
  const stacks = stacksToDeploy(assembly, pipelineStack);
  const home = stacks.at(-1)?.env;
  if (!home) throw new Error(`${assembly} has no ${pipelineStack}`);
  return { assembly, stacks, home, environments: environmentsIn(join(assembly, 'manifest.json')) };
}

function environmentsIn(manifest: string): Env[] {
  if (!existsSync(manifest)) return [];
  const artifacts = Object.values<Json>(readJson(dirname(manifest), 'manifest.json').artifacts);
  const found = artifacts.flatMap(({ type, environment, properties }) => {
    if (type === 'cdk:cloud-assembly')
      return environmentsIn(join(dirname(manifest), properties.directoryName, 'manifest.json'));
    const [, account, region] = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(environment ?? '') ?? [];
    return account && region ? [{ account, region }] : [];
  });
  return [...new Map(found.map((env) => [`${env.account}/${env.region}`, env])).values()];
}
