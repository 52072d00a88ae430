import { expect, test } from 'vitest';
import { optionsSchema } from '../options/options.ts';
import { judgeDefaults } from './judge-defaults.ts';

const wide = { effect: 'Allow', actions: ['codepipeline:*'], resources: ['*'] } as const;
const narrow = { effect: 'Allow', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::acme/*'] } as const;
const judge = (codeBuildDefaults: object) => judgeDefaults(optionsSchema.parse({ codeBuildDefaults }));

test.each(['all', 'build', 'steps', 'assets', 'selfUpdate'])(
  'a statement of codeBuildDefaults.%s that allows too much is warned of',
  (layer) => {
    expect(judge({ [layer]: { rolePolicy: [narrow, wide] } })).toMatchObject({
      notes: [],
      warnings: [{ code: 'ROLE_POLICY_WIDE', path: `backends.codepipeline.codeBuildDefaults.${layer}.rolePolicy[1]` }],
    });
  },
);

test('one that says why is a note', () => {
  expect(judge({ all: { rolePolicy: [{ ...wide, acknowledge: 'passes reviews at night' }] } })).toEqual({
    warnings: [],
    notes: [
      {
        about: 'rolePolicy',
        text: 'backends.codepipeline.codeBuildDefaults.all.rolePolicy[0] may give approvals, acknowledged: passes reviews at night',
      },
    ],
  });
});

test('no defaults say nothing', () => {
  expect(judge({})).toEqual({ warnings: [], notes: [] });
});
