/** Writes the cloud assemblies that the trials deploy: stacks with just the outputs that steps refer to. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Environment, OutputReference } from '@cdkpipe/core';
import type * as Cdk from 'aws-cdk-lib';
import { deploymentEnv, deployments } from './definition.ts';

/** A deployment whose stacks are written; they lie in the directory of its name. */
export interface WrittenDeployment {
  readonly name: string;
  readonly env: Environment;
  /** Instead of `Orders` and the stacks that are referred to. */
  readonly stackIds?: readonly string[];
}

const tried: readonly WrittenDeployment[] = deployments.map((name) => ({ name, env: deploymentEnv }));

export function writeStacks(project: string, references: readonly OutputReference[], written = tried): void {
  const cdk = createRequire(join(project, 'package.json'))('aws-cdk-lib') as typeof Cdk;
  const outputs = new Map<string, Set<string>>([['Orders', new Set(['Url'])]]);
  for (const { stack, name } of references) outputs.set(stack, (outputs.get(stack) ?? new Set()).add(name));
  for (const { name: deployment, env, stackIds } of written) {
    const app = new cdk.App({
      outdir: join(project, deployment),
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
    });
    for (const id of stackIds ?? outputs.keys()) {
      const stack = new cdk.Stack(app, id, { stackName: `${deployment}-${id}`, env });
      new cdk.CfnWaitConditionHandle(stack, 'Handle');
      for (const name of outputs.get(id) ?? [])
        new cdk.CfnOutput(stack, name, { value: `https://example.com/${name}` });
    }
    app.synth();
  }
}
