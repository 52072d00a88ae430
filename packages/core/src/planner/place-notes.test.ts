import { expect, test } from 'vitest';
import type { AssembledStack } from '../contracts/assembly.ts';
import type { Deployment } from '../model/pipeline.ts';
import { elsewhereNotes, protectionNotes } from './place-notes.ts';

const env = { account: '222222222222', region: 'eu-west-1' };
const deployment = (from: 'stacks' | 'assembly') => ({ name: 'Beta', env, app: { from } }) as Deployment;
const stack = (id: string, change: Partial<AssembledStack> = {}) =>
  ({ id, stackName: `Beta-${id}`, env, ...change }) as AssembledStack;

test('stacks that are not deployed where their deployment is are said, by place', () => {
  const us = { ...env, region: 'us-east-1' };
  const stacks = [
    stack('Api'),
    stack('Cert', { env: us }),
    stack('Edge', { env: us }),
    stack('Log', { env: { ...env, account: '333333333333' } }),
  ];
  expect(elsewhereNotes(deployment('stacks'), stacks)).toEqual([
    'stacks that are deployed to 222222222222/us-east-1 and not to 222222222222/eu-west-1, as their own env says: Cert, Edge',
    'stacks that are deployed to 333333333333/eu-west-1 and not to 222222222222/eu-west-1, as their own env says: Log',
  ]);
  expect(elsewhereNotes(deployment('assembly'), stacks)[0]).toContain('as the assembly says: Cert, Edge');
  expect(elsewhereNotes(deployment('stacks'), [stack('Api')])).toEqual([]);
});

test('stacks that ask for termination protection are said where the backend does not set it', () => {
  expect(protectionNotes([stack('Api'), stack('Data', { terminationProtection: true })])).toEqual([
    expect.stringMatching(
      /^termination protection is not set by the pipeline for Data, .* --stack-name Beta-Data --region eu-west-1$/,
    ),
  ]);
  expect(protectionNotes([stack('Api')])).toEqual([]);
});
