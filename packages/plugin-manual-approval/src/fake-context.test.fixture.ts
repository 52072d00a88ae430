/** What the backend would give the renderer, on a real CDK stack. */
import { createRequire } from 'node:module';
import type { CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import { type Step, unreachable } from '@cdkpipe/core';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { ManualOptions } from './options.ts';

const require = createRequire(import.meta.url);
export const pipelineEnv = { account: '111111111111', region: 'eu-west-1' };

export function stepWith(options: ManualOptions): Step & { options: ManualOptions } {
  const path = 'waves[0].deployments[0].approvals[0]';
  return { id: 'Beta/Done', name: 'Done', kind: 'manual', position: 'approval', path, options };
}

export function fakeContext() {
  const stack = new Stack(new App({ analyticsReporting: false, builtinCloudFormationValidation: false }), 'Pipeline', {
    env: pipelineEnv,
  });
  const { path } = stepWith({});
  const context: CodePipelineContext = {
    node: {
      type: 'approve',
      id: 'Beta/Done',
      name: 'Done',
      group: 'Beta',
      after: [],
      path,
      step: stepWith({}),
      gate: '',
    },
    cdk: { version: '2', root: '', require },
    pipelineEnv,
    env: pipelineEnv,
    partition: 'aws',
    action: { pipeline: 'orders', stage: 'Beta', name: 'Done', pipelineArn: '', actionArn: '' },
    projectDirectory: '',
    scopeIn: () => stack,
    workIn: () => unreachable('an approval works nowhere'),
    physicalName: () => unreachable('nothing is named'),
    value: (reference) =>
      `#{${'stack' in reference ? reference.stack : reference.$ref}.${'name' in reference ? reference.name : reference.attribute}}`,
    output: ({ stack, name }) => `#{${stack}.${name}}`,
    text: (text, option) => (text.includes('#{') ? unreachable(`a variable in ${option}`) : text),
    codeBuild: () => unreachable('no build'),
    serviceRole: () => unreachable('no role'),
  };
  return { context, stack, template: () => Template.fromStack(stack) };
}
