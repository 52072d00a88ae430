import { describe, expect, it } from 'vitest';
import type { BackendCapabilities } from '../contracts/capabilities.ts';
import type { PolicyStatement } from '../model/build.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { judgePolicies } from './wide-statements.ts';

const none = { type: 'sequence', items: [] } as const;
const judge = (statement: Partial<PolicyStatement>, inStep = false) => {
  const rolePolicy = [{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'], ...statement }] as const;
  const step = { path: 'waves[0].deployments[0].approvals[0]', options: { rolePolicy } };
  const pipeline = {
    build: { rolePolicy: inStep ? [] : rolePolicy, before: none, after: none },
    waves: [{ before: none, deployments: [{ changes: none, approvals: inStep ? { type: 'step', step } : none }] }],
  };
  const capabilities = { decidingActions: ['codepipeline:PutApprovalResult'] } as unknown as BackendCapabilities;
  return judgePolicies(pipeline as unknown as Pipeline, capabilities);
};

describe('a statement of rolePolicy', () => {
  it.each<[string, Partial<PolicyStatement>]>([
    ['allows everything', { actions: ['*'] }],
    ['allows everything', { actions: ['s3:GetObject', '*'], resources: ['arn:aws:s3:::x', '**'] }],
    ['allows everything', { actions: ['*'], resources: ['?*'] }],
    ['allows everything', { actions: ['*'], resources: ['arn:*'] }],
    ['allows everything', { actions: ['*'], resources: ['arn:aws-cn:*'] }],
    ['may give approvals', { actions: ['codepipeline:PutApprovalResult'], resources: ['arn:aws:codepipeline:x'] }],
    ['may give approvals', { actions: ['codepipeline:*'] }],
    ['may give approvals', { actions: ['*'], resources: ['arn:aws:codepipeline:*:*:*'] }],
    ['may give approvals', { actions: ['codepipeline:put?pproval*'] }],
    ['passes every role', { actions: ['iam:PassRole'] }],
    ['assumes every role', { actions: ['sts:Assume*'] }],
    ['assumes every role', { actions: ['sts:AssumeRole'], resources: ['arn:aws:iam::111111111111:role/*'] }],
    ['assumes every role', { actions: ['sts:AssumeRole'], resources: ['arn:*:iam::*:*'] }],
  ])('that %s is warned of with its place: %o', (words, statement) => {
    expect(judge(statement)).toMatchObject({
      notes: [],
      warnings: [
        {
          code: 'ROLE_POLICY_WIDE',
          path: 'build.rolePolicy[0]',
          message: expect.stringMatching(`^the statement ${words}`),
          fix: expect.stringContaining('`acknowledge`'),
        },
      ],
    });
    expect(judge(statement, true).warnings.map(({ path }) => path)).toEqual([
      'waves[0].deployments[0].approvals[0].options.rolePolicy[0]',
    ]);
  });

  it('that is acknowledged is noted with the reason, and warned of no longer', () => {
    expect(judge({ actions: ['*'], acknowledge: 'a sandbox account' })).toEqual({
      warnings: [],
      notes: [
        {
          about: 'rolePolicy',
          text: 'build.rolePolicy[0] allows everything, acknowledged: a sandbox account',
        },
      ],
    });
  });

  it.each<[string, Partial<PolicyStatement>]>([
    ['reads', {}],
    ['denies', { effect: 'Deny', actions: ['*'] }],
    ['has a condition', { actions: ['iam:PassRole'], conditions: { StringEquals: { 'iam:PassedToService': 'x' } } }],
    ['names a role', { actions: ['sts:AssumeRole'], resources: ['arn:aws:iam::111111111111:role/deploy'] }],
    ['names a path of roles', { actions: ['iam:PassRole'], resources: ['arn:aws:iam::111111111111:role/deploy/*'] }],
    ['does all with one bucket', { actions: ['*'], resources: ['arn:aws:s3:::x/*'] }],
    ['starts runs', { actions: ['codepipeline:StartPipelineExecution'] }],
  ])('that %s is neither', (_, statement) => {
    expect(judge(statement)).toEqual({ warnings: [], notes: [] });
  });

  it('is judged at once, whatever its patterns', () => {
    const pattern = `${'*?'.repeat(14)}x`;
    expect(judge({ actions: [`codepipeline:${pattern}`, `iam:${pattern}`], resources: [`arn:${pattern}`] })).toEqual({
      warnings: [],
      notes: [],
    });
  }, 2000);
});
