import { afterEach, describe, expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { removeRendered, renderPlan, type Template } from '../fixture/render.test.fixture.ts';
import { physicalName, physicalPrefix } from '../names/names.ts';
import type { CodePipelineOptionsInput } from '../options/options.ts';

afterEach(removeRendered);

const organization = 'o-a1b2c3d4e5';
const regions = ['eu-west-1'];

/** Deployments to `accounts` accounts, each with a step that runs there, in as few waves as hold them. */
const deployTo = (accounts: number, options: CodePipelineOptionsInput = {}, places: readonly string[] = regions) => {
  const deployments = Array.from({ length: accounts }, (_, index) => String(200_000_000_000 + index)).flatMap(
    (account, index) =>
      places.map((region) => ({
        name: `D${index}${region}`,
        wave: `Wave${Math.floor(index / 4)}`,
        env: { account, region },
        stacks: [{ id: 'Api' }],
        approvals: ['Check'],
      })),
  );
  const runIn = Object.fromEntries(deployments.map(({ name, env }) => [`${name}/Check`, env]));
  return renderPlan(planOf({ deployments, runIn }), {
    options: { actionsPerPipeline: 2_000, ...options },
    drawStep: ({ name }, context) => context.codeBuild({ category: 'Test', commands: [name] }),
  });
};

const statementsFor = (document: Template): Template[] =>
  document.Statement.filter(({ Effect, Action }: Template) => Effect === 'Allow' && Action !== 'kms:*');
/** Statements for roles of other stacks; those for builds name the role itself. */
const readers = (document: Template) => statementsFor(document).filter(({ Principal }) => !Principal.AWS['Fn::GetAtt']);

describe('roles of other accounts', () => {
  it('share a statement for what they read, which names each account once and each role exactly', async () => {
    const rendered = await deployTo(2);
    const statements = readers(rendered.resource('AWS::S3::BucketPolicy', 'Artifacts').PolicyDocument);
    expect(statements.map(({ Action }) => Action)).toEqual([
      ['s3:GetBucket*', 's3:GetObject*', 's3:List*'],
      ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetObject', 's3:GetObjectVersion'],
    ]);
    expect(statements.map(({ Resource }) => Resource[1]['Fn::Join'][1][1])).toEqual(['/*/Templates/*', '/*/Source/*']);
    for (const { Principal, Condition } of statements) {
      expect(Principal.AWS).toEqual(['arn:aws:iam::200000000000:root', 'arn:aws:iam::200000000001:root']);
      expect(Condition.ArnEquals['aws:PrincipalArn']).toHaveLength(2);
      expect(Condition.ArnEquals['aws:PrincipalArn'].join()).not.toContain('*');
    }
  });

  it('of an organisation are let in by patterns, and never by the pipeline account', async () => {
    const rendered = await deployTo(2, { organization });
    const bucket = readers(rendered.resource('AWS::S3::BucketPolicy', 'Artifacts').PolicyDocument);
    const key = readers(rendered.resource('AWS::KMS::Key', 'Artifacts').KeyPolicy);
    const deployRoles = 'arn:aws:iam::*:role/cdk-hnb659fds-deploy-role-*-eu-west-1';
    const ownRoles = 'arn:aws:iam::*:role/orders-*';
    const patterns = [...bucket, ...key].map(({ Condition }) => Condition.ArnLike['aws:PrincipalArn']);
    expect(patterns).toEqual([[deployRoles], [ownRoles], [deployRoles, ownRoles]]);
    for (const { Principal, Condition } of [...bucket, ...key]) {
      expect(Principal).toEqual({ AWS: '*' });
      expect(Condition).toMatchObject({
        StringEquals: { 'aws:PrincipalOrgID': organization },
        StringNotEquals: { 'aws:PrincipalAccount': '111111111111' },
      });
    }
    expect(key[0].Condition.StringEquals['kms:ViaService']).toBe('s3.eu-west-1.amazonaws.com');
  });

  it('of an organisation match those patterns with their real names', async () => {
    const rendered = await deployTo(1, { organization });
    const { Resources } = rendered.template('orders-pipeline-support-200000000000-eu-west-1');
    const roles = Object.values<Template>(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles).toHaveLength(2);
    for (const { Properties } of roles) expect(Properties.RoleName).toMatch(/^orders-/);
  });

  it.each(['orders', 'a', '.dot@at', '_under-', 'long'.repeat(25), 'orders-0123456789'])(
    'of the pipeline %s have names that begin with its prefix',
    (pipeline) => {
      const env = { account: '222222222222', region: 'eu-west-1' };
      for (const nodeId of ['Beta/Smoke:approve', 'x'])
        expect(physicalName(pipeline, env, { nodeId, env, id: 'ProjectRole' })).toMatch(
          new RegExp(`^${physicalPrefix(pipeline)}`),
        );
      expect(physicalPrefix(pipeline).length).toBeGreaterThan(1);
    },
  );

  it('of an organisation take the same room however many accounts there are', async () => {
    const size = async (accounts: number) => {
      const rendered = await deployTo(accounts, { organization });
      return [
        JSON.stringify(rendered.resource('AWS::S3::BucketPolicy', 'Artifacts')).length,
        JSON.stringify(rendered.resource('AWS::KMS::Key', 'Artifacts')).length,
      ];
    };
    expect(await size(12)).toEqual(await size(2));
  });
});

describe('a hundred accounts with a step in each', () => {
  it('exceed the bucket policy, and the problem names the option that helps', async () => {
    const problems = (await deployTo(100)).inspection.problems.map(({ message, fix }) => `${message} ${fix}`);
    expect(problems.filter((text) => text.includes('bucket policy'))).toEqual([
      expect.stringMatching(/20480 set `organization`/),
    ]);
  }, 60_000);

  it('fit with an organisation', async () => {
    expect((await deployTo(100, { organization })).inspection.problems).toEqual([]);
  }, 60_000);

  it('fit in three regions each, too', async () => {
    const { problems } = (await deployTo(100, { organization }, ['eu-west-1', 'us-east-1', 'ap-south-1'])).inspection;
    expect(problems.map(({ message }) => message)).toEqual([]);
  }, 120_000);
});
