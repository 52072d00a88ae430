import { describe, expect, it } from 'vitest';
import type { PolicyStatement } from '../model/build.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { policyNotes } from './policy-notes.ts';

const none = { type: 'sequence', items: [] } as const;
const notesOf = (statement: Partial<PolicyStatement>, inStep = false) => {
  const rolePolicy = [{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'], ...statement }] as const;
  const step = { path: 'waves[0].deployments[0].approvals[0]', options: { rolePolicy } };
  const pipeline = {
    build: { rolePolicy: inStep ? [] : rolePolicy, before: none, after: none },
    waves: [{ before: none, deployments: [{ changes: none, approvals: inStep ? { type: 'step', step } : none }] }],
  };
  return policyNotes(pipeline as unknown as Pipeline).map(({ text }) => text);
};

describe('a statement of rolePolicy', () => {
  it.each<[string, Partial<PolicyStatement>]>([
    ['allows everything', { actions: ['*'] }],
    ['may give approvals', { actions: ['codepipeline:PutApprovalResult'], resources: ['arn:aws:codepipeline:x'] }],
    ['may give approvals', { actions: ['codepipeline:*'] }],
    ['may give approvals', { actions: ['codepipeline:put?pproval*'] }],
    ['passes every role', { actions: ['iam:PassRole'] }],
    ['assumes every role', { actions: ['sts:Assume*'] }],
    ['assumes every role', { actions: ['sts:AssumeRole'], resources: ['arn:aws:iam::111111111111:role/*'] }],
  ])('that %s is noted with its place: %o', (words, statement) => {
    const [note] = notesOf(statement);
    expect(note).toMatch(new RegExp(`^build\\.rolePolicy\\[0\\] ${words}`));
    expect(note).toContain('say why in its `acknowledge`');
    expect(notesOf(statement, true)[0]).toMatch(
      /^waves\[0\]\.deployments\[0\]\.approvals\[0\]\.options\.rolePolicy\[0\] /,
    );
  });

  it('that is acknowledged is shown with the reason, and asks for nothing', () => {
    expect(notesOf({ actions: ['*'], acknowledge: 'a sandbox account' })).toEqual([
      'build.rolePolicy[0] allows everything, acknowledged: a sandbox account',
    ]);
  });

  it.each<[string, Partial<PolicyStatement>]>([
    ['reads', {}],
    ['denies', { effect: 'Deny', actions: ['*'] }],
    ['has a condition', { actions: ['iam:PassRole'], conditions: { StringEquals: { 'iam:PassedToService': 'x' } } }],
    ['names a role', { actions: ['sts:AssumeRole'], resources: ['arn:aws:iam::111111111111:role/deploy'] }],
    ['starts runs', { actions: ['codepipeline:StartPipelineExecution'] }],
  ])('that %s is not noted', (_, statement) => {
    expect(notesOf(statement)).toEqual([]);
  });
});
