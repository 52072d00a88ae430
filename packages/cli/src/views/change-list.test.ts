/** The list of changes that an approver reads. */
import type { ReviewedStack } from '@cdkpipe/backend-local/engine';
import { expect, test } from 'vitest';
import { changeListLines } from './change-list.ts';
import { unpainted } from './paint.ts';

const stack = (change: Partial<ReviewedStack>): ReviewedStack => ({
  deployment: 'Prod',
  stack: 'Data',
  isNew: false,
  resources: [],
  others: [],
  findings: [],
  ...change,
});
const lines = (changes: readonly ReviewedStack[], most?: number) =>
  changeListLines(changes, { width: 100, paint: unpainted, ...(most === undefined ? {} : { most, rest: 'press d' }) });

const table = (logicalId: string, action: 'add' | 'modify' | 'replace' | 'remove', properties: string[] = []) => ({
  logicalId,
  resourceType: 'AWS::DynamoDB::Table',
  action,
  properties,
});
const statement = {
  change: 'added',
  logicalId: 'Policy',
  effect: 'Allow',
  principal: 'Role',
  actions: ['s3:GetObject', 's3:PutObject'],
  resource: 'arn:aws:s3:::orders/*',
} as const;

test('data at risk comes first, then resources by how grave their change is, then IAM', () => {
  const change = stack({
    resources: [
      table('A', 'add'),
      table('B', 'modify', ['Tags']),
      table('C', 'replace', ['KeySchema']),
      table('D', 'remove'),
    ],
    findings: [
      { concern: 'stateful', stack: 'Data', text: 'D (AWS::DynamoDB::Table) would be deleted', resource: 'D' },
    ],
    permissions: [statement],
  });
  expect(lines([change])).toEqual([
    'Data at risk',
    '  ! Data: D (AWS::DynamoDB::Table) would be deleted',
    'Data  1 to remove, 1 to replace, 1 to change, 1 to add',
    '  - D  AWS::DynamoDB::Table',
    '  ! C  AWS::DynamoDB::Table  will be replaced: KeySchema',
    '  ~ B  AWS::DynamoDB::Table  Tags',
    '  + A  AWS::DynamoDB::Table',
    'IAM  1 statement added or removed',
    '     Effect  Principal  Actions                    Resource',
    '  +  Allow   Role       s3:GetObject s3:PutObject  arn:aws:s3:::orders/*',
  ]);
});

test('what is left out is counted, and the gravest changes of all stacks are not', () => {
  const many = () => Array.from({ length: 9 }, (_, index) => table(`T${index}`, 'add'));
  const shown = lines(
    [stack({ resources: [...many(), table('Gone', 'remove')] }), stack({ stack: 'Api', resources: many() })],
    4,
  );
  expect(shown).toContain('  - Gone  AWS::DynamoDB::Table');
  expect(shown).toContain('  … 6 more: press d');
  expect(shown).toContain('  … 9 more: press d');
});

test('a permission that broadens stands in the table of IAM, or among the findings where it has no row there', () => {
  const finding = { concern: 'permissions', stack: 'Data', isStatement: true } as const;
  const shown = lines([
    stack({
      permissions: [{ ...statement, condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
      findings: [
        { ...finding, resource: 'Policy', text: 'Policy: Allow s3:GetObject' },
        { ...finding, resource: 'Other', text: 'Other: Allow s3:*' },
        { concern: 'permissions', stack: 'Data', resource: 'Policy', text: 'Policy: the managed policy Admin' },
      ],
    }),
  ]);
  expect(shown.slice(0, 3)).toEqual([
    'Permissions broaden',
    '  ! Data: Other: Allow s3:*',
    '  ! Data: Policy: the managed policy Admin',
  ]);
  expect(shown.at(-1)?.trim()).toBe('if {"Bool":{"aws:SecureTransport":"true"}}');
});
