import { expect, test } from 'vitest';
import type { PipelineDiff } from '../diff/pipeline-diff.ts';
import { diffView } from './diff-report.ts';
import { unpainted } from './paint.ts';

const diff: PipelineDiff = {
  isSame: false,
  gates: [{ change: 'vanished', name: 'Prod/Prod.Sign', released: ['Prod/Prod.Api.Execute'] }],
  stages: [{ change: 'moved', name: 'Prod' }],
  actions: [
    { change: 'removed', name: 'Prod/Prod.Sign' },
    { change: 'moved', name: 'Prod/Prod.Api.Execute', from: 'Prod, run order 3', to: 'Prod, run order 2' },
    { change: 'changed', name: 'Build/Build', fields: ['Configuration.ProjectName'] },
  ],
  statements: [
    {
      change: 'added',
      stack: 'shop-pipeline',
      logicalId: 'Role',
      effect: 'Allow',
      principal: 'Role',
      actions: ['s3:GetObject', 's3:PutObject'],
      resource: 'arn:aws:s3:::a-bucket-with-a-long-name/*',
      condition: { Bool: { 'aws:SecureTransport': 'true' } },
    },
  ],
  stacks: [
    {
      stack: 'shop-pipeline',
      change: 'changed',
      differences: [{ effect: 'replace', id: 'Key', type: 'AWS::KMS::Key', properties: ['KeySpec'] }],
    },
    { stack: 'shop-support', change: 'removed', differences: [] },
  ],
};

test('gates come first, permissions are a table that fits the screen, and what is replaced stands out', () => {
  const text = `${diffView(diff, 'cdk.out', 60, unpainted)}`;
  const lines = text.split('\n');
  expect(lines.slice(0, 5)).toEqual([
    'the pipeline differs from cdk.out',
    '',
    'gates',
    '  ✖ Prod/Prod.Sign vanishes',
    '      no longer waiting for it: Prod/Prod.Api.Execute',
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(text).toMatch(/permissions\n +effect +principal +action +resource\n {2}\+ {2}Allow +Role +s3:GetObject/);
  expect(text).toContain('      if {"Bool":{"aws:SecureTransport":"true"}}');
  expect(text).toContain('  shop-pipeline\n    ! Key AWS::KMS::Key is replaced (KeySpec)\n  - the stack shop-support');
});
