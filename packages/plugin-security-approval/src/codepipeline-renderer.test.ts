import type { CodePipelineContext, ReviewedChanges, ToldPeople } from '@cdkpipe/backend-codepipeline';
import { type Step, unreachable } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import { securityReviewOnCodePipeline } from './codepipeline-renderer.ts';
import type { SecurityReviewOptions } from './options.ts';

const changes: ReviewedChanges = {
  digest: '#{digest}',
  summary: () => unreachable('no summary'),
  findings: () => unreachable('no findings'),
  comment: (text, about) => `${text}|${about}`,
};

function stepWith(options: SecurityReviewOptions): Step & { options: SecurityReviewOptions } {
  const path = 'waves[0].deployments[0].changes[0]';
  return { id: 'Prod/Security', name: 'Security', kind: 'securityReview', position: 'change', path, options };
}

function render(options: SecurityReviewOptions, more: Partial<CodePipelineContext> = { changes }) {
  const told: ToldPeople[] = [];
  const step = stepWith(options);
  const context: CodePipelineContext = {
    node: {
      type: 'review',
      id: 'Prod/Security',
      name: 'Prod.Security',
      group: 'Prod',
      after: [],
      path: step.path,
      step,
      gate: step.id,
      deployment: 'Prod',
      stacks: ['Api'],
    },
    cdk: { version: '2', root: '', require: () => unreachable('no CDK') },
    pipelineEnv: { account: '111111111111', region: 'eu-west-1' },
    env: { account: '111111111111', region: 'eu-west-1' },
    partition: 'aws',
    action: {
      pipeline: 'orders',
      stage: 'Prod',
      name: 'Prod.Security',
      pipelineArn: 'arn:pipeline',
      actionArn: 'arn:pipeline/Prod/Prod.Security',
    },
    projectDirectory: '',
    workIn: () => unreachable('an approval works nowhere'),
    physicalName: () => unreachable('nothing is named'),
    scopeIn: () => unreachable('no constructs'),
    value: () => unreachable('no value is known'),
    mayHoldQuotes: () => unreachable('no value is known'),
    output: () => unreachable('no output is known'),
    text: (text, option) => `${option}: ${text}`,
    codeBuild: () => unreachable('no build'),
    tell(people) {
      told.push(people);
      return { configuration: { NotificationArn: 'arn:told' }, grants: [] };
    },
    serviceRole: () => unreachable('no role'),
    makeFunction: () => unreachable('no function'),
    invoke: () => unreachable('nothing is called'),
    ...more,
  };
  return { action: securityReviewOnCodePipeline.render(step, context), told };
}

describe('securityReview on CodePipeline', () => {
  it('is an approval with the findings in its text, passed when there are none', () => {
    expect(render({}).action).toEqual({
      category: 'Approval',
      provider: 'Manual',
      configuration: { CustomData: '|findings', NotificationArn: 'arn:told' },
      passUnless: ['permissions', 'stateful'],
      grants: [],
    });
  });

  it.each<[SecurityReviewOptions, string[]]>([
    [{ stateful: false }, ['permissions']],
    [{ permissions: false }, ['stateful']],
    [{ permissions: true, stateful: true }, ['permissions', 'stateful']],
  ])('asks a person with %j for %j only', (options, passUnless) => {
    expect(render(options).action).toMatchObject({ passUnless });
  });

  it('puts the author’s text first, as data, and keeps who is told and how long', () => {
    const { action, told } = render({ comment: 'See the runbook.', emails: ['a@example.com'], timeout: 60 });
    expect(action).toMatchObject({
      configuration: { CustomData: 'comment: See the runbook.|findings' },
      timeout: 60,
    });
    expect(told).toMatchObject([{ emails: ['a@example.com'] }]);
  });

  it('is never drawn where nothing is known of change sets', () => {
    expect(() => render({}, {})).toThrow('"Security" stands where no change sets are');
  });
});
