/** What each rule says of its first bad example: the words, and the place; CP403 judges all examples. */
import { lint } from '@cdkpipe/testkit';
import { expect, test } from 'vitest';
import { bake, officeHours, prodEu, prodUs, review } from './examples.ts';
import plugin from './index.ts';

const both = [{ name: 'Prod', deployments: [prodEu(), prodUs()] }];
const oneByOne = [
  { name: 'OneBox', deployments: [prodEu()] },
  { name: 'Prod', deployments: [prodUs()] },
];
const judge = (rule: string, waves: Parameters<typeof lint>[2], options?: Record<string, unknown>) =>
  lint(plugin, `safe-deployments/${rule}`, waves, { backend: 'local', ...(options ? { options } : {}) });

test.each([
  ['one-box-first', both, 'the first production wave "Prod" has 2 deployments at once: "ProdEu", "ProdUs"', 'waves[0]'],
  [
    'bake-between-waves',
    oneByOne,
    'the next wave begins as soon as "ProdEu" is deployed',
    'waves[0].deployments[0].approvals',
  ],
  [
    'bake-between-waves',
    [{ name: 'OneBox', deployments: [prodEu({ approvals: [bake({ minutes: 5 })] })] }, ...oneByOne.slice(1)],
    '"ProdEu" bakes for 5 minutes, less than 60',
    'waves[0].deployments[0].approvals[0]',
  ],
  [
    'alarms-watched',
    both.slice(0, 1),
    'no alarm is watched after "ProdEu" is deployed',
    'waves[0].deployments[0].approvals',
  ],
  [
    'review-before-production',
    both,
    '"ProdEu" is changed without a decision of a person or a review',
    'waves[0].deployments[0]',
  ],
  ['one-region-at-a-time', both, 'the wave "Prod" changes 2 regions of one service: eu-west-1, us-east-1', 'waves[0]'],
  ['rollback-declared', both, '"ProdEu" stays as it is when it fails', 'waves[0].deployments[0]'],
  ['time-window', both, 'the wave "Prod" deploys to production at any time', 'waves[0]'],
])('%s says what is wrong and where', async (rule, waves, message, path) => {
  const [first] = await judge(rule, { waves });
  expect(first).toMatchObject({ message, path });
  expect(first?.docs).toBe(`https://github.com/cdkpipe/cdkpipe/blob/main/docs/rules/safe-deployments.md#${rule}`);
});

test('a pipeline that follows the practice breaks no rule', async () => {
  const approvals = [bake({ minutes: 60, alarms: ['Orders-5xx'] })];
  const waves = [
    { name: 'Beta', deployments: [{ name: 'Beta' }] },
    { name: 'OneBox', before: [review, officeHours], rollback: 'auto' as const, deployments: [prodEu({ approvals })] },
    { name: 'Prod', before: officeHours, rollback: 'auto' as const, deployments: [prodUs({ approvals })] },
  ];
  for (const { name } of plugin.rules ?? [])
    expect(await lint(plugin, name, { waves }, { backend: 'local' }), name).toEqual([]);
});

test('a gate before the pipeline updates itself holds production back, too', async () => {
  expect(await judge('review-before-production', { waves: both, update: { before: review } })).toEqual([]);
});

test('services are told apart by the stacks that they have in common, also by way of a third', async () => {
  const env = (region: string) => ({ account: '333333333333', region });
  const waves = [
    {
      name: 'Prod',
      deployments: [
        { name: 'A', env: env('eu-west-1'), stackIds: ['One'] },
        { name: 'B', env: env('us-east-1'), stackIds: ['Two'] },
        { name: 'C', env: env('eu-west-1'), stackIds: ['One', 'Two'] },
      ],
    },
  ];
  expect(await judge('one-region-at-a-time', { waves })).toMatchObject([
    { message: 'the wave "Prod" changes 2 regions of one service: eu-west-1, us-east-1' },
  ]);
});
