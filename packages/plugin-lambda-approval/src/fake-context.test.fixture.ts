/** What the backend would give the renderer, on a real CDK stack. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CodePipelineContext, Grant } from '@cdkpipe/backend-codepipeline';
import { type StepOf, unreachable } from '@cdkpipe/core';
import { App, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { LambdaOptions } from './options.ts';

const require = createRequire(import.meta.url);
export const pipelineEnv = { account: '111111111111', region: 'eu-west-1' };

export function stepWith(options: LambdaOptions, name = 'Latency'): StepOf<LambdaOptions> {
  const path = 'waves[0].deployments[0].approvals[0]';
  return { id: `Beta/${name}`, name, kind: 'lambda', position: 'approval', path, options };
}

/** A pipeline stack of a project; each context is one step's. */
export function fakePipeline(projectDirectory: string) {
  const app = new App({
    outdir: join(projectDirectory, 'cdk.out'),
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const stack = new Stack(app, 'Pipeline', { env: pipelineEnv });
  const grantsOfRoles: Grant[] = [];
  const contextFor = (step: StepOf<LambdaOptions>): CodePipelineContext => ({
    node: {
      type: 'approve',
      id: step.id,
      name: step.name,
      group: 'Beta',
      after: [],
      path: step.path,
      step,
      gate: step.id,
    },
    cdk: { version: '2', root: '', require },
    pipelineEnv,
    env: step.runIn ?? pipelineEnv,
    partition: 'aws',
    action: { pipeline: 'orders', stage: 'Beta', name: step.name, pipelineArn: '', actionArn: '' },
    projectDirectory,
    scopeIn: () => new Construct(stack, step.name),
    workIn: ({ region }, grants) => ({ ...(region === pipelineEnv.region ? {} : { region }), grants }),
    physicalName: (id) => `orders-${step.name}-${id}`,
    value: (reference) =>
      `#{${'stack' in reference ? reference.stack : reference.$ref}.${'name' in reference ? reference.name : reference.attribute}}`,
    output: ({ stack, name }) => `#{${stack}.${name}}`,
    text: () => unreachable('no text goes to CodePipeline'),
    codeBuild: () => unreachable('no build'),
    tell: () => unreachable('nobody is told'),
    serviceRole: (scope, id, service, grants) => {
      grantsOfRoles.push(...grants);
      const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
      return { arn: new CfnRole(scope, id, { assumeRolePolicyDocument: { Statement: [statement] } }).attrArn };
    },
  });
  return { app, stack, contextFor, grantsOfRoles };
}
