import { describe, expect, test } from 'vitest';
import { problemsOf, valid, withDeployment } from '../modelling/definition.test.fixture.ts';
import { shapeDefinition } from './shape-definition.ts';

const refusals: [title: string, value: unknown, problems: Record<string, unknown>[]][] = [
  ['something that is no object', 7, [{ code: 'VALUE_INVALID', message: 'a definition is an object, found a number' }]],
  [
    'several sources',
    { ...valid, source: [valid.source, valid.source] },
    [{ code: 'SOURCE_MULTIPLE', path: 'source', fix: expect.stringContaining('additionalSources') }],
  ],
  [
    'several builds',
    { ...valid, build: [valid.build, valid.build] },
    [{ code: 'BUILD_MULTIPLE', path: 'build', fix: expect.stringContaining('before') }],
  ],
  ['no waves', { ...valid, waves: [] }, [{ code: 'WAVES_MISSING', path: 'waves' }]],
  ['waves left out', { ...valid, waves: undefined }, [{ code: 'WAVES_MISSING', path: 'waves' }]],
  [
    'a wave without deployments',
    { ...valid, waves: [{ name: 'Beta', deployments: [] }] },
    [{ code: 'WAVE_EMPTY', path: 'waves[0]' }],
  ],
  [
    'a step among the waves',
    { ...valid, waves: [...valid.waves, { kind: 'ask', name: 'Go' }] },
    [{ code: 'STEP_MISPLACED', path: 'waves[1]', message: expect.stringContaining('"Go"') }],
  ],
  [
    'a parallel group among the deployments',
    { ...valid, waves: [{ name: 'Beta', deployments: [{ parallel: [] }] }] },
    [{ code: 'STEP_MISPLACED', path: 'waves[0].deployments[0]' }],
  ],
  [
    'approvals on a wave',
    { ...valid, waves: [{ ...valid.waves[0], approvals: [] }] },
    [{ code: 'UNKNOWN_KEY', path: 'waves[0].approvals' }],
  ],
  [
    'an account that is not 12 digits',
    withDeployment({ env: { account: '2222', region: 'eu-west-1' } }),
    [{ code: 'ACCOUNT_INVALID', path: 'waves[0].deployments[0].env.account', message: '"2222" is not an AWS account' }],
  ],
  [
    'a region that has no form of one',
    { ...valid, env: { account: '111111111111', region: 'Ireland' } },
    [{ code: 'REGION_INVALID', path: 'env.region' }],
  ],
  [
    'an unknown key, with what was meant',
    { ...valid, additionalSource: {} },
    [{ code: 'UNKNOWN_KEY', path: 'additionalSource', fix: 'did you mean "additionalSources"?' }],
  ],
  [
    'an unknown key deep inside',
    withDeployment({ approval: [] }),
    [{ code: 'UNKNOWN_KEY', path: 'waves[0].deployments[0].approval', fix: 'did you mean "approvals"?' }],
  ],
  [
    'commands of the build phase in the buildspec',
    { ...valid, build: { commands: ['a'], buildSpec: { phases: { build: { commands: ['b'] } } } } },
    [{ code: 'UNKNOWN_KEY', path: 'build.buildSpec.phases.build.commands' }],
  ],
  [
    'a batch of builds',
    { ...valid, build: { commands: ['a'], buildSpec: { batch: {} } } },
    [{ code: 'UNKNOWN_KEY', path: 'build.buildSpec.batch' }],
  ],
  [
    'a variable in the name of cdkpipe',
    { ...valid, build: { commands: ['a'], buildSpec: { env: { variables: { CDKPIPE_X: 'y' } } } } },
    [{ code: 'VALUE_INVALID', path: 'build.buildSpec.env.variables.CDKPIPE_X' }],
  ],
  [
    'a log kept for 8 days',
    { ...valid, build: { commands: ['a'], logging: { cloudWatch: { retention: 8 } } } },
    [{ code: 'VALUE_INVALID', path: 'build.logging.cloudWatch.retention', message: expect.stringContaining('7, 14') }],
  ],
  [
    'an image with a wildcard as secret',
    { ...valid, build: { commands: ['a'], image: { name: 'b', secret: '*' } } },
    [{ code: 'VALUE_INVALID', path: 'build.image.secret' }],
  ],
  [
    'a mount point that is no absolute path',
    {
      ...valid,
      build: { commands: ['a'], fileSystems: [{ identifier: 'b', fileSystemId: 'fs-12345678', mountPoint: 'c' }] },
    },
    [{ code: 'VALUE_INVALID', path: 'build.fileSystems[0].mountPoint' }],
  ],
  [
    'an account and a region that are no text, as YAML reads an account without quotes',
    withDeployment({ env: { account: 222222222222, region: 1 } }),
    [
      {
        code: 'ACCOUNT_INVALID',
        path: 'waves[0].deployments[0].env.account',
        message: '222222222222 is not an AWS account',
        fix: expect.stringContaining('as a string'),
      },
      { code: 'REGION_INVALID', path: 'waves[0].deployments[0].env.region' },
    ],
  ],
  ['a name that is a number', { ...valid, name: 7 }, [{ code: 'NAME_INVALID', path: 'name' }]],
  [
    'an env without its region',
    withDeployment({ env: { account: '222222222222' } }),
    [{ code: 'VALUE_MISSING', path: 'waves[0].deployments[0].env.region' }],
  ],
  ['a name with a space', { ...valid, name: 'my orders' }, [{ code: 'NAME_INVALID', path: 'name' }]],
  ['a name of 101 characters', { ...valid, name: 'a'.repeat(101) }, [{ code: 'NAME_INVALID', path: 'name' }]],
  [
    'a missing build',
    { ...valid, build: undefined },
    [{ code: 'VALUE_MISSING', path: 'build', message: 'build is missing' }],
  ],
  [
    'a source of an unknown type',
    { ...valid, source: { type: 'svn' } },
    [{ code: 'VALUE_INVALID', path: 'source.type', message: expect.stringContaining('"svn"') }],
  ],
  [
    'a pattern in place of a branch',
    { ...valid, source: { type: 'codeCommit', repository: 'r', branch: 'release/*' } },
    [{ code: 'VALUE_INVALID', path: 'source.branch', message: expect.stringContaining('one branch') }],
  ],
  [
    'a digest in place of a tag',
    { ...valid, source: { type: 'ecr', repository: 'base', tag: 'sha256:abc' } },
    [{ code: 'VALUE_INVALID', path: 'source.tag' }],
  ],
  [
    'a connection without ARN',
    { ...valid, source: { type: 'connection', repository: 'acme/orders' } },
    [{ code: 'VALUE_MISSING', path: 'source.connectionArn' }],
  ],
  [
    'a wrong prepare mode',
    withDeployment({ prepare: 'some' }),
    [
      {
        code: 'VALUE_INVALID',
        path: 'waves[0].deployments[0].prepare',
        message: expect.stringContaining('"all", "each" or false'),
      },
    ],
  ],
];

describe('a definition is refused for', () => {
  test.each(refusals)('%s', async (_, value, problems) => {
    expect(await problemsOf(() => shapeDefinition(value))).toEqual(
      problems.map((problem) => expect.objectContaining(problem)),
    );
  });
});

test('all faults of the shape are reported at once', async () => {
  const problems = await problemsOf(() =>
    shapeDefinition({ ...valid, name: '', env: { account: '1', region: 'x' }, sources: [], waves: [] }),
  );
  expect(problems.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
    'ACCOUNT_INVALID env.account',
    'NAME_INVALID name',
    'REGION_INVALID env.region',
    'UNKNOWN_KEY sources',
    'WAVES_MISSING waves',
  ]);
});

test('every refusal says what to do', async () => {
  for (const [, value] of refusals)
    for (const problem of await problemsOf(() => shapeDefinition(value))) expect(problem.fix).toBeTruthy();
});

test('defaults are filled in', () => {
  expect(shapeDefinition(valid)).toMatchObject({
    source: { branch: 'main', tokenSecret: 'github-token' },
    build: { installCommands: [] },
    additionalSources: {},
  });
});
