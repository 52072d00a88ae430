/** Writes the cloud assemblies that the trials deploy: stacks with just the outputs that steps refer to. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OutputReference } from '@cdkpipe/core';
import type * as Cdk from 'aws-cdk-lib';
import { deploymentEnv, deployments } from './definition.ts';

export function writeStacks(project: string, references: readonly OutputReference[]): void {
  const cdk = createRequire(join(project, 'package.json'))('aws-cdk-lib') as typeof Cdk;
  const outputs = new Map<string, Set<string>>([['Orders', new Set(['Url'])]]);
  for (const { stack, name } of references) outputs.set(stack, (outputs.get(stack) ?? new Set()).add(name));
  for (const deployment of deployments) {
    const app = new cdk.App({
      outdir: join(project, deployment),
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
    });
    for (const [id, names] of outputs) {
      const stack = new cdk.Stack(app, id, { stackName: `${deployment}-${id}`, env: deploymentEnv });
      new cdk.CfnWaitConditionHandle(stack, 'Handle');
      for (const name of names) new cdk.CfnOutput(stack, name, { value: `https://example.com/${name}` });
    }
    app.synth();
  }
}
