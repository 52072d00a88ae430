/** What the backend would give the renderer. */
import type { CodePipelineContext, ReviewedChanges, ToldPeople } from '@cdkpipe/backend-codepipeline';
import { type Step, unreachable } from '@cdkpipe/core';
import type { ManualOptions } from './options.ts';

export function stepWith(options: ManualOptions): Step & { options: ManualOptions } {
  const path = 'waves[0].deployments[0].approvals[0]';
  return { id: 'Beta/Done', name: 'Done', kind: 'manual', position: 'approval', path, options };
}

/** What the backend tells of change sets: each text by the name of what was asked for. */
export const changes: ReviewedChanges = {
  digest: '#{digest}',
  summary: (room) => `#{summary of ${room}}`,
  findings: (room) => `#{findings of ${room}}`,
  comment: (text, about) => `${text}|${about}`,
};

export function fakeContext(more: Pick<CodePipelineContext, 'changes'> = {}) {
  const step = stepWith({});
  const told: ToldPeople[] = [];
  const context: CodePipelineContext = {
    node: { type: 'approve', id: 'Beta/Done', name: 'Done', group: 'Beta', after: [], path: step.path, step, gate: '' },
    cdk: { version: '2', root: '', require: () => unreachable('no CDK') },
    pipelineEnv: { account: '111111111111', region: 'eu-west-1' },
    env: { account: '111111111111', region: 'eu-west-1' },
    partition: 'aws',
    action: { pipeline: 'orders', stage: 'Beta', name: 'Done', pipelineArn: '', actionArn: '' },
    projectDirectory: '',
    scopeIn: () => unreachable('no constructs'),
    workIn: () => unreachable('an approval works nowhere'),
    physicalName: () => unreachable('nothing is named'),
    value: (reference) =>
      `#{${'stack' in reference ? reference.stack : reference.$ref}.${'name' in reference ? reference.name : reference.attribute}}`,
    mayHoldQuotes: () => true,
    output: ({ stack, name }) => `#{${stack}.${name}}`,
    text: (text, option) => (text.includes('#{') ? unreachable(`a variable in ${option}`) : text),
    codeBuild: () => unreachable('no build'),
    tell(people) {
      if (people.topic === undefined && people.emails === undefined) return { configuration: {}, grants: [] };
      told.push(people);
      const grants = [{ actions: ['sns:Publish'], resources: ['arn:told'], reason: 'tell' }];
      return { configuration: { NotificationArn: 'arn:told' }, grants };
    },
    serviceRole: () => unreachable('no role'),
    makeFunction: () => unreachable('no function'),
    invoke: () => unreachable('nothing is called'),
    ...more,
  };
  return { context, told };
}
