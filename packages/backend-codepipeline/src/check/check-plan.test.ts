import type { Plan, PlanNode, Source } from '@cdkpipe/core';
import { describe, expect, it } from 'vitest';
import { codepipeline } from '../backend.ts';
import { type DeploymentFixture, type PlanFixture, planOf } from '../fixture/plan.test.fixture.ts';
import { optionsSchema } from '../options/options.ts';

const check = (plan: Plan, options = {}) => codepipeline.check(plan, optionsSchema.parse(options));
const problemsOf = (fixture: PlanFixture, options = {}) => check(planOf(fixture).plan, options);
const s3: Source = { type: 's3', bucket: 'b', key: 'k', trigger: 'none' };
const sources = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, s3]));
const waves = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `W${index}`, stacks: [{ id: 'Api' }] }));
const stacks = (count: number) => [
  { name: 'Big', stacks: Array.from({ length: count }, (_, index) => ({ id: `S${index}` })) },
];
/** One wave of deployments with 6 actions each. */
const wide = (count: number, more: Partial<DeploymentFixture> = {}) =>
  Array.from({ length: count }, (_, index) => ({
    name: `D${index}`,
    wave: 'Wide',
    stacks: [{ id: 'Data' }, { id: 'Api' }],
    approvals: ['Sign'],
    ...more,
  }));

/** A plan whose last wave is a chain of `length` actions. */
function chainOf(length: number): Plan {
  const { plan } = planOf();
  const [first] = plan.nodes.filter(({ group }) => group === 'Beta');
  const chain = Array.from({ length }, (_, index) => ({
    ...first,
    id: `chain${index}`,
    name: `Chain${index}`,
    after: index === 0 ? [] : [`chain${index - 1}`],
  }));
  return { ...plan, nodes: [...plan.nodes.filter(({ group }) => group !== 'Beta'), ...chain] as PlanNode[] };
}

describe('checking a plan', () => {
  it('finds nothing in one that fits', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ additionalSources: sources(4), deployments: waves(47) })).toEqual([]);
    expect(problemsOf({ deployments: stacks(25) })).toEqual([]);
    expect(problemsOf({ deployments: wide(25) })).toEqual([]);
  });

  it.each<[string, PlanFixture, object, object]>([
    [
      '51 stages',
      { deployments: waves(48) },
      {},
      { code: 'LIMIT_EXCEEDED', message: 'stages of pipeline "orders": 51 stages, 1 more than the most AWS takes, 50' },
    ],
    [
      '52 actions that cannot be split, as no run may come between making and executing their change sets',
      { deployments: stacks(26) },
      {},
      {
        code: 'LIMIT_EXCEEDED',
        message: 'the actions of stage "Big": 52 actions, 2 more than the most AWS takes, 50',
        fix: expect.stringMatching(
          /^the change sets of "Big" are made together.* write prepare: 'each' or prepare: false/,
        ),
        path: 'waves[0]',
      },
    ],
    [
      '102 actions that cannot be split in a newer account',
      { deployments: stacks(51) },
      { actionsPerStage: 100 },
      { message: 'the actions of stage "Big": 102 actions, 2 more than the most AWS takes, 100' },
    ],
    [
      'a 51st stage that comes of splitting a wave',
      { deployments: [...waves(45), ...wide(25)] },
      {},
      { message: 'stages of pipeline "orders": 51 stages, 1 more than the most AWS takes, 50' },
    ],
    [
      'a wave that is called like the second stage of another',
      { deployments: [...wide(25), { name: 'D', wave: 'wide.2', stacks: [{ id: 'Api' }] }] },
      {},
      { code: 'STAGE_NAME_TAKEN', path: 'waves[1]', message: expect.stringContaining('"wide.2"') },
    ],
    [
      'a rollback of a wave that needs several stages',
      { deployments: wide(25), rollback: { wave: 'Wide' } },
      {},
      {
        code: 'ROLLBACK_SPLIT',
        path: 'waves[0].rollback',
        message:
          'the wave "Wide" needs 3 stages (Wide, Wide.2, Wide.3), and CodePipeline rolls back only the one that fails',
      },
    ],
    [
      'a rollback of a deployment that needs several stages',
      { deployments: stacks(30).map((each) => ({ ...each, changeSet: false, rollback: 'auto' })) },
      { actionsPerStage: 20 },
      { code: 'ROLLBACK_SPLIT', path: 'waves[0].deployments[0].rollback' },
    ],
    [
      'a rollback of a deployment in a wave that rolls back',
      { deployments: wide(2, { rollback: 'auto' }).slice(0, 1), rollback: { wave: 'Wide' } },
      {},
      { code: 'ROLLBACK_TWICE', path: 'waves[0].deployments[0].rollback' },
    ],
    [
      'too many actions in all',
      {},
      { actionsPerPipeline: 5 },
      { message: 'the actions of pipeline "orders": 6 actions, 1 more than the most AWS takes, 5' },
    ],
    [
      'six inputs of the build',
      { additionalSources: sources(5) },
      {},
      {
        message: 'the input artifacts of the build: 6 artifacts, 1 more than the most AWS takes, 5',
        path: 'additionalSources',
      },
    ],
    [
      'a build that is given too little time',
      { build: { timeout: 4 } },
      {},
      {
        code: 'LIMIT_NOT_REACHED',
        message: 'the time-out of the build: 4 minutes, 1 less than the least AWS takes, 5',
        path: 'build.timeout',
      },
    ],
    [
      'an output directory that CodeBuild would interpret',
      { build: { output: '$(x)' } },
      {},
      { code: 'OUTPUT_DIRECTORY_UNSAFE', path: 'build.output' },
    ],
    [
      'a region of another partition',
      { deployments: [{ name: 'Cn', env: { account: '222222222222', region: 'cn-north-1' }, stacks: [] }] },
      {},
      { code: 'PARTITION_FOREIGN', path: 'waves[0].deployments[0].env.region' },
    ],
    [
      'a stack in a region of another partition',
      {
        deployments: [
          { name: 'Beta', stacks: [{ id: 'Api', env: { account: '222222222222', region: 'cn-north-1' } }] },
        ],
      },
      {},
      { code: 'PARTITION_FOREIGN', node: 'Beta/Api:execute' },
    ],
    [
      "a deployment that is called like the pipeline's stack",
      { deployments: [{ name: 'orders-pipeline', wave: 'Beta', stacks: [] }] },
      {},
      { code: 'STACK_NAME_TAKEN', path: 'waves[0].deployments[0]' },
    ],
    [
      'a stage without actions',
      { deployments: [{ name: 'Beta', stacks: [{ id: 'Api' }] }], selfUpdate: true, emptyWave: true },
      {},
      { message: 'the actions of stage "Empty": 0 actions, 1 less than the least AWS takes, 1' },
    ],
    ['a name with a space', { name: 'my orders' }, {}, { code: 'NAME_CHARACTERS', path: 'name' }],
    [
      'a stage of 101 characters',
      { deployments: [{ name: 'Beta', wave: 'w'.repeat(101), stacks: [] }] },
      {},
      {
        code: 'NAME_TOO_LONG',
        message: `the stage name "${'w'.repeat(101)}" has 101 characters, 1 more than 100`,
        path: 'waves[0]',
      },
    ],
  ])('finds %s', (_, fixture, options, problem) => {
    expect(problemsOf(fixture, options)).toEqual([expect.objectContaining(problem)]);
  });

  it('finds a run order over 999', () => {
    expect(check(chainOf(999), { actionsPerStage: 1_000, actionsPerPipeline: 2_000 })).toEqual([]);
    expect(check(chainOf(1_000), { actionsPerStage: 1_000, actionsPerPipeline: 2_000 })).toEqual([
      expect.objectContaining({
        message: 'the run order of stage "Beta": 1000, 1 more than the most AWS takes, 999',
      }),
    ]);
  });

  it('lets a step run in any account and region, but not in another partition', () => {
    const running = (region: string) =>
      problemsOf({
        deployments: [{ name: 'Beta', stacks: [{ id: 'Api' }], approvals: ['Smoke'] }],
        runIn: { 'Beta/Smoke': { account: '222222222222', region } },
      });
    expect(running('us-east-1')).toEqual([]);
    expect(running('us-gov-west-1')).toEqual([
      expect.objectContaining({ code: 'PARTITION_FOREIGN', path: 'steps.Beta/Smoke.options.runIn' }),
    ]);
  });

  it('finds everything at once', () => {
    const problems = problemsOf({ name: 'my orders', additionalSources: sources(5), build: { output: '*' } });
    expect(problems.map(({ code }) => code)).toEqual(['NAME_CHARACTERS', 'LIMIT_EXCEEDED', 'OUTPUT_DIRECTORY_UNSAFE']);
  });
});

describe('the capabilities', () => {
  it('say whether the pipeline updates itself', () => {
    expect(codepipeline.capabilities(optionsSchema.parse({}))).toMatchObject({
      decidingActions: ['codepipeline:PutApprovalResult'],
      selfUpdate: true,
      runInOtherEnvironments: true,
      rollback: true,
      preparesBeforePublishing: true,
      references: ['output', 'source', 'variable', 'exported'],
      publish: 'together',
      imageArchitectures: ['x86_64', 'arm64'],
    });
    expect(codepipeline.capabilities(optionsSchema.parse({ selfUpdate: false })).selfUpdate).toBe(false);
  });
});

describe('roles and keys that exist', () => {
  const foreign = 'arn:aws:iam::999999999999:role/x';
  it.each([
    [{ pipelineRole: foreign }, 'backends.codepipeline.existing.pipelineRole'],
    [{ projectRoles: { assets: foreign } }, 'backends.codepipeline.existing.projectRoles.assets'],
    [
      { artifacts: { 'eu-west-1': { bucket: 'acme', key: 'arn:aws:kms:us-east-1:111111111111:key/a' } } },
      'backends.codepipeline.existing.artifacts["eu-west-1"].key',
    ],
  ])('are refused where AWS would not take them: %j', (existing, path) => {
    expect(problemsOf({}, { existing })).toEqual([expect.objectContaining({ code: 'EXISTING_ELSEWHERE', path })]);
  });

  it('such as a role that is to start the pipeline from another account', () => {
    const source: Source = {
      type: 'codeCommit',
      repository: 'r',
      branch: 'main',
      trigger: 'event',
      eventRole: foreign,
    };
    expect(problemsOf({ source })).toEqual([
      expect.objectContaining({ code: 'EXISTING_ELSEWHERE', path: 'source.eventRole' }),
    ]);
  });

  it('such as a key of another region than the source it is to decrypt', () => {
    const encrypted = (region: string): Source => ({
      type: 's3',
      bucket: 'acme',
      key: 'a.zip',
      trigger: 'none',
      encryptionKey: `arn:aws:kms:${region}:999999999999:key/a`,
    });
    expect(problemsOf({ source: encrypted('eu-west-1') })).toEqual([]);
    expect(
      problemsOf({ source: encrypted('us-east-1'), additionalSources: { 'vendor/lib': encrypted('us-west-2') } }),
    ).toEqual([
      expect.objectContaining({ code: 'EXISTING_ELSEWHERE', path: 'source.encryptionKey' }),
      expect.objectContaining({ code: 'EXISTING_ELSEWHERE', path: 'additionalSources["vendor/lib"].encryptionKey' }),
    ]);
  });
});
