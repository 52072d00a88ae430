/** What the backend would give the renderer. */
import type { CodePipelineContext, FunctionSpec } from '@cdkpipe/backend-codepipeline';
import { type StepOf, unreachable } from '@cdkpipe/core';
import { Construct, RootConstruct } from 'constructs';
import type { LambdaOptions } from './options.ts';

export const pipelineEnv = { account: '111111111111', region: 'eu-west-1' };

export function stepWith(options: LambdaOptions, name = 'Latency'): StepOf<LambdaOptions> {
  const path = 'waves[0].deployments[0].approvals[0]';
  return { id: `Beta/${name}`, name, kind: 'lambda', position: 'approval', path, options };
}

/** An app of a project; each context is one step's. */
export function fakePipeline(projectDirectory: string) {
  const app = new RootConstruct();
  const functions: FunctionSpec[] = [];
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
    cdk: { version: '2', root: '', require: () => unreachable('no CDK') },
    pipelineEnv,
    env: step.runIn ?? pipelineEnv,
    partition: 'aws',
    action: { pipeline: 'orders', stage: 'Beta', name: step.name, pipelineArn: '', actionArn: '' },
    projectDirectory,
    scopeIn: () => new Construct(app, step.name),
    workIn: () => unreachable('the action itself is the backend’s'),
    physicalName: () => unreachable('nothing is named'),
    value: (reference) =>
      `#{${'stack' in reference ? reference.stack : reference.$ref}.${'name' in reference ? reference.name : reference.attribute}}`,
    mayHoldQuotes: (reference) => reference.$ref !== 'source' || reference.attribute === 'commitMessage',
    output: ({ stack, name }) => `#{${stack}.${name}}`,
    text: () => unreachable('no text goes to CodePipeline'),
    codeBuild: () => unreachable('no build'),
    tell: () => unreachable('nobody is told'),
    serviceRole: () => unreachable('no role'),
    makeFunction(spec) {
      functions.push(spec);
      return { name: 'made', arn: 'arn:made' };
    },
    invoke: ({ name, arn }, userParameters) => ({
      category: 'Invoke',
      provider: 'Lambda',
      configuration: { FunctionName: name, UserParameters: userParameters },
      grants: [{ actions: ['lambda:InvokeFunction'], resources: [arn], reason: 'call it' }],
    }),
  });
  return { contextFor, functions };
}
