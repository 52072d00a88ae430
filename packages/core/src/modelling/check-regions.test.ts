import { expect, test } from 'vitest';
import type { Pipeline } from '../model/pipeline.ts';
import { checkRegions } from './check-regions.ts';

const none = { type: 'sequence', items: [] } as const;
const pipelineIn = (region: string, ...deployments: readonly string[]) =>
  ({
    env: { account: '111111111111', region },
    build: { before: none, after: none },
    waves: [
      {
        before: none,
        deployments: deployments.map((region, index) => ({
          path: `waves[0].deployments[${index}]`,
          env: { account: '222222222222', region },
          changes: none,
          approvals: {
            type: 'step',
            step: { path: `waves[0].deployments[${index}].approvals[0]`, runIn: { account: '1', region: 'us-east-9' } },
          },
        })),
      },
    ],
  }) as unknown as Pipeline;

test('a region that AWS does not have is said once, with those that are like it', () => {
  expect(checkRegions(pipelineIn('eu-west-1', 'eu-wst-1', 'eu-wst-1'))).toEqual([
    expect.objectContaining({
      code: 'REGION_UNKNOWN',
      path: 'waves[0].deployments[0].env.region',
      message: 'AWS had no region "eu-wst-1" when this version of cdkpipe was made',
      fix: expect.stringContaining('did you mean "eu-west-1"'),
    }),
    expect.objectContaining({ path: 'waves[0].deployments[0].approvals[0].runIn' }),
  ]);
});

test('where no region is like it, the list of AWS is named', () => {
  expect(checkRegions(pipelineIn('antarctica-south-1'))).toEqual([
    expect.objectContaining({ path: 'env.region', fix: expect.stringContaining('https://docs.aws.amazon.com/') }),
  ]);
});

test('regions that AWS has are not spoken of', () => {
  expect(checkRegions(pipelineIn('us-gov-west-1'))).toEqual([]);
});
