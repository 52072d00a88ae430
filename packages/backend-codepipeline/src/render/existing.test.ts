import type * as cdk from 'aws-cdk-lib';
import type { CfnPipeline, CfnPipelineProps } from 'aws-cdk-lib/aws-codepipeline';
import { afterEach, describe, expect, it } from 'vitest';
import { checkPlan } from '../check/check-plan.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import {
  cdkLibrary,
  removeRendered,
  renderPlan,
  roleStatements,
  type Template,
} from '../fixture/render.test.fixture.ts';
import { type CodePipelineOptionsInput, optionsSchema } from '../options/options.ts';

afterEach(removeRendered);

const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;
const key = (region: string) => `arn:aws:kms:${region}:111111111111:key/0a1b2c3d`;
const prod = { account: '333333333333', region: 'us-east-1' };
const plan = planOf({
  deployments: [
    { name: 'Beta', stacks: [{ id: 'Orders' }], approvals: ['Smoke'] },
    { name: 'Prod', env: prod, stacks: [{ id: 'Api' }] },
  ],
});
const render = (options: CodePipelineOptionsInput) => renderPlan(plan, { options });
const ofType = (template: Template, type: string) =>
  Object.entries<Template>(template.Resources).filter(([, { Type }]) => Type === type);

describe('an existing role', () => {
  it('of the pipeline is used, and no other is drawn for it', async () => {
    const result = await render({ existing: { pipelineRole: role('pipeline') } });
    expect(result.pipeline.RoleArn).toBe(role('pipeline'));
    expect(() => roleStatements(result, 'Role')).toThrow('0 roles');
  });

  it('of projects is used by the projects of its layer', async () => {
    const result = await render({ existing: { projectRoles: { build: role('build'), assets: role('assets') } } });
    const roleOf = (prefix: string) => result.resource('AWS::CodeBuild::Project', prefix).ServiceRole;
    expect([roleOf('build'), roleOf('Betapublish'), roleOf('Prodpublish')]).toEqual([
      role('build'),
      role('assets'),
      role('assets'),
    ]);
    expect(roleOf('update')).toMatch(/^arn:aws:iam::111111111111:role\/orders-/);
    expect(() => roleStatements(result, 'build')).toThrow('0 roles');
    expect(ofType(result.template(), 'AWS::IAM::Policy')).toEqual([]);
  });

  it('may write to the artifact bucket that is drawn, as its policy lets in nobody else', async () => {
    const roles = { pipelineRole: role('pipeline'), projectRoles: { build: role('build'), assets: role('assets') } };
    const policy = JSON.stringify((await render({ existing: roles })).resource('AWS::S3::BucketPolicy', 'Artifacts'));
    expect(policy).toContain(role('pipeline'));
    expect(policy).toContain(role('build'));
    expect(policy).not.toContain(role('assets'));
  });

  it('cannot be given a rolePolicy', async () => {
    const rolePolicy = [{ effect: 'Allow' as const, actions: ['s3:GetObject'], resources: ['*'] }];
    await expect(
      render({ existing: { projectRoles: { build: role('build') } }, codeBuildDefaults: { build: { rolePolicy } } }),
    ).rejects.toMatchObject({ code: 'EXISTING_ROLE_UNCHANGED', path: 'build' });
  });
});

describe('an existing artifact store', () => {
  it('in another partition is refused with its place', () => {
    const existing = { artifacts: { 'cn-north-1': { bucket: 'acme-artifacts' } } };
    expect(checkPlan(planOf().plan, optionsSchema.parse({ existing }))).toMatchObject([
      { code: 'PARTITION_FOREIGN', path: 'backends.codepipeline.existing.artifacts["cn-north-1"]' },
    ]);
  });

  const artifacts = {
    'eu-west-1': { bucket: 'acme-artifacts' },
    'us-east-1': { bucket: 'acme-artifacts-us', key: key('us-east-1') },
  };

  it('is used in its region, without bucket, key, policy or support stack being drawn', async () => {
    const result = await render({ existing: { artifacts } });
    expect(result.pipeline.ArtifactStores).toEqual([
      { Region: 'eu-west-1', ArtifactStore: { Type: 'S3', Location: 'acme-artifacts' } },
      {
        Region: 'us-east-1',
        ArtifactStore: {
          Type: 'S3',
          Location: 'acme-artifacts-us',
          EncryptionKey: { Type: 'KMS', Id: key('us-east-1') },
        },
      },
    ]);
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key'])
      expect(ofType(result.template(), type), type).toEqual([]);
    expect(() => result.read('orders-pipeline-support-us-east-1.template.json')).toThrow('ENOENT');
    expect(JSON.stringify(roleStatements(result, 'Role'))).toContain('arn:aws:s3:::acme-artifacts-us/*');
    expect(result.inspection.problems).toEqual([]);
  });

  it('stands beside those that are drawn in other regions', async () => {
    const result = await render({ existing: { artifacts: { 'eu-west-1': artifacts['eu-west-1'] } } });
    const support = result.template('orders-pipeline-support-us-east-1');
    expect(ofType(support, 'AWS::S3::Bucket').map(([id]) => id)).toContain('Artifacts');
    expect(ofType(result.template(), 'AWS::S3::Bucket')).toEqual([]);
  });

  it('from which other accounts read needs a key', async () => {
    const withoutKey = { ...artifacts, 'us-east-1': { bucket: 'acme-artifacts-us' } };
    await expect(render({ existing: { artifacts: withoutKey } })).rejects.toMatchObject({
      code: 'EXISTING_BUCKET_WITHOUT_KEY',
      message: expect.stringContaining('"us-east-1"'),
    });
  });
});

describe('a pipeline of the author’s own making', () => {
  const { CfnPipeline: Pipeline } = cdkLibrary.require('aws-cdk-lib/aws-codepipeline') as {
    CfnPipeline: new (scope: unknown, id: string, props: CfnPipelineProps) => CfnPipeline;
  };
  const own: CfnPipeline.StageDeclarationProperty = {
    name: 'Own',
    actions: [{ name: 'Ask', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } }],
  };

  it('holds the stages of cdkpipe among its own, and every gate is found in it', async () => {
    const result = await render({
      pipeline: ({ stack, properties }) => {
        const [source, ...rest] = properties.stages;
        const stages = [...(source ? [source] : []), own, ...rest];
        return new Pipeline(stack, 'Mine', { ...properties, roleArn: role('mine'), stages });
      },
    });
    expect(Object.keys(result.stages)).toEqual(['Source', 'Own', 'Build', 'UpdatePipeline', 'Beta', 'Prod']);
    expect(result.pipeline).toMatchObject({ Name: 'orders', RoleArn: role('mine'), PipelineType: 'V2' });
    expect(ofType(result.template(), 'AWS::CodePipeline::Pipeline').map(([id]) => id)).toEqual(['Mine']);
    expect(result.inspection).toMatchObject({ gates: ['Beta/Smoke:approve'], problems: [] });
  });

  it('may be referred to by what the author makes beside it, as it waits for nothing of that', async () => {
    const { CfnResource } = cdkLibrary.require('aws-cdk-lib') as typeof cdk;
    const result = await render({
      pipeline: ({ stack, properties }) => {
        const mine = new Pipeline(stack, 'Mine', { ...properties, stages: [...properties.stages] });
        new CfnResource(stack, 'Told', { type: 'AWS::Events::Rule', properties: { Description: mine.ref } });
        return mine;
      },
    });
    expect(result.template().Resources.Mine.DependsOn).not.toContain('Told');
    expect(result.template().Resources.Mine.DependsOn).toContain('ArtifactsPolicy');
  });

  it('in which a gate is missing is noticed', async () => {
    const result = await render({
      pipeline: ({ stack, properties }) =>
        new Pipeline(stack, 'Mine', { ...properties, stages: properties.stages.filter(({ name }) => name !== 'Beta') }),
    });
    expect(result.inspection.gates).toEqual([]);
  });

  it.each<[string, NonNullable<CodePipelineOptionsInput['pipeline']>, RegExp]>([
    ['nothing', () => undefined as never, /returned no CfnPipeline/],
    [
      'another name',
      ({ stack, properties: { stages, ...rest } }) =>
        new Pipeline(stack, 'Mine', { ...rest, stages: [...stages], name: 'mine' }),
      /is called "mine"/,
    ],
    [
      'another stack',
      ({ stack, properties: { stages, ...rest } }) => {
        const { Stack } = cdkLibrary.require('aws-cdk-lib') as typeof import('aws-cdk-lib');
        return new Pipeline(new Stack(stack.node.root, 'Other'), 'Mine', { ...rest, stages: [...stages] });
      },
      /stands in another stack/,
    ],
  ])('is refused when the function makes %s', async (_, pipeline, message) => {
    await expect(render({ pipeline })).rejects.toMatchObject({
      code: 'PIPELINE_NOT_MADE',
      message: expect.stringMatching(message),
    });
  });
});
