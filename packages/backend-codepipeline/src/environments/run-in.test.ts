import type { Environment } from '@cdkpipe/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeBuildSpec } from '../contract/code-build-spec.ts';
import { home, type PlanFixture, planOf } from '../fixture/plan.test.fixture.ts';
import {
  type DrawStep,
  manual,
  pipelineStatements,
  type RenderedFiles,
  type RenderOptions,
  removeRendered,
  renderPlan,
  type Template,
  updateStatements,
} from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const otherRegion: Environment = { ...home, region: 'us-east-1' };
const otherAccount: Environment = { account: '222222222222', region: home.region };
const otherBoth: Environment = { account: '222222222222', region: 'us-east-1' };

const build =
  (spec: Partial<CodeBuildSpec> = {}): DrawStep =>
  (_, context) =>
    context.codeBuild({ category: 'Test', commands: ['./smoke.sh'], ...spec });

/** One deployment whose step `Smoke` runs in `env`. */
const running = (env: Environment, drawStep: DrawStep = build(), more: PlanFixture & RenderOptions = {}) =>
  renderPlan(
    planOf({
      deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], outputs: { Orders: ['Url'] }, approvals: ['Smoke'] }],
      runIn: { 'Beta/Smoke': env },
      ...more,
    }),
    { drawStep, ...more },
  );

const supportOf = ({ account, region }: Environment) =>
  `orders-pipeline-support-${account === home.account ? '' : `${account}-`}${region}`;
const pipelineRole = (result: RenderedFiles) =>
  `arn:aws:iam::111111111111:role/${result.resource('AWS::IAM::Role', 'Role').RoleName}`;
const rolesIn = (result: RenderedFiles, stack: string): Template[] =>
  Object.values<Template>(result.template(stack).Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Role')
    .map(({ Properties }) => Properties);
/** The one role of `stack` whose logical ID, a hash apart, ends in `part`. */
function roleIn(result: RenderedFiles, stack: string, part: 'ActionRole' | 'CommandsRole'): Template {
  const found = Object.entries<Template>(result.template(stack).Resources).filter(
    ([id, { Type }]) => Type === 'AWS::IAM::Role' && new RegExp(`^BetaSmoke.*${part}`).test(id),
  );
  expect(found).toHaveLength(1);
  return found[0]?.[1].Properties;
}
/** Its statements, and those of the policies of its stack that it is given. */
function statementsIn(result: RenderedFiles, stack: string, part: 'ActionRole' | 'CommandsRole'): Template[] {
  const { Policies, ManagedPolicyArns = [] } = roleIn(result, stack, part);
  const { Resources } = result.template(stack);
  const managed = ManagedPolicyArns.map(({ Ref }: Template) => Resources[Ref].Properties);
  return [...Policies, ...managed].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}
const project = (result: RenderedFiles, env: Environment) =>
  result.resource('AWS::CodeBuild::Project', '', supportOf(env));
const dependenciesOf = (result: RenderedFiles, stack: string): string[] =>
  JSON.parse(result.read('manifest.json')).artifacts[stack].dependencies;

describe.each([
  ['another region', otherRegion],
  ['another account', otherAccount],
  ['another account and region', otherBoth],
])('a build in %s', (_, env) => {
  const stack = supportOf(env);
  const isForeign = env.account !== home.account;

  it('lives in a support stack there, which is deployed before the pipeline and refers to nothing of it', async () => {
    const result = await running(env);
    expect(dependenciesOf(result, 'orders-pipeline')).toContain(stack);
    expect(dependenciesOf(result, stack).toSorted()).toEqual([`${stack}.assets`, 'orders-pipeline-update'].toSorted());
    expect(JSON.parse(result.read('manifest.json')).artifacts[stack].environment).toBe(
      `aws://${env.account}/${env.region}`,
    );
    expect(result.read(`${stack}.template.json`)).not.toContain('Fn::ImportValue');
    expect(result.template(stack).Outputs).toBeUndefined();
    expect(result.inspection.problems).toEqual([]);
    expect(result.inspection.gates).toEqual(['Beta/Smoke:approve']);
  });

  it('is named in the action, with its region and, in another account, the role', async () => {
    const result = await running(env);
    const { Name } = project(result, env);
    expect(Name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    const action = result.action('Beta.Smoke');
    expect(action.Configuration).toEqual({ ProjectName: Name });
    expect(action.Region).toBe(env.region === home.region ? undefined : env.region);
    expect(action.InputArtifacts).toEqual([{ Name: 'Source' }]);
    const roles = rolesIn(result, stack).map(({ RoleName }) => `arn:aws:iam::${env.account}:role/${RoleName}`);
    if (isForeign) expect(roles).toContain(action.RoleArn);
    else expect(action.RoleArn).toBeUndefined();
  });

  it('is started by exactly one role, which may do nothing else', async () => {
    const result = await running(env);
    const start = {
      Effect: 'Allow',
      Action: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'],
      Resource: [`arn:aws:codebuild:${env.region}:${env.account}:project/${project(result, env).Name}`],
    };
    const own = pipelineStatements(result).filter(({ Action }) => Action.includes('codebuild:StartBuild'));
    if (isForeign) {
      expect(statementsIn(result, stack, 'ActionRole')).toEqual([start]);
      expect(JSON.stringify(own)).not.toContain(env.account);
      expect(
        pipelineStatements(result).flatMap(({ Action, Resource }) =>
          Action.includes('sts:AssumeRole') ? Resource : [],
        ),
      ).toContain(result.action('Beta.Smoke').RoleArn);
    } else expect(own.flatMap(({ Resource }) => Resource)).toContain(start.Resource[0]);
  });

  it('has a role for CodeBuild there, with its own log and its input artifacts', async () => {
    const result = await running(env);
    const { Name } = project(result, env);
    const role = roleIn(result, stack, 'CommandsRole');
    const arn = `arn:aws:codebuild:${env.region}:${env.account}:project/${Name}`;
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'codebuild.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': env.account }, ArnLike: { 'aws:SourceArn': arn } },
      },
    ]);
    const [logs, objects, bucket, key, ...more] = statementsIn(result, stack, 'CommandsRole');
    expect(logs).toMatchObject({
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [{ 'Fn::GetAtt': [expect.stringMatching(/^BetaSmoke.*Log/), 'Arn'] }],
    });
    expect(objects.Action).toEqual(['s3:GetObject', 's3:GetObjectVersion']);
    expect(bucket.Action).toEqual(['s3:GetBucketAcl', 's3:GetBucketLocation']);
    expect(key?.Action).toEqual(isForeign ? ['kms:Decrypt'] : undefined);
    expect(more).toEqual([]);
  });

  it('reads secrets, parameters, images and networks of the place where it runs', async () => {
    const vpc = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
    const env2 = {
      KEY: { type: 'SECRETS_MANAGER', value: 'k' },
      TENANT: { type: 'PARAMETER_STORE', value: '/t' },
    } as const;
    const result = await running(env, build({ env: env2, vpc }));
    const resources = statementsIn(result, stack, 'CommandsRole').flatMap(({ Resource }) => Resource);
    const place = `${env.region}:${env.account}`;
    expect(resources).toEqual(
      expect.arrayContaining([
        `arn:aws:secretsmanager:${place}:secret:k-??????`,
        `arn:aws:ssm:${place}:parameter/t`,
        `arn:aws:ec2:${place}:network-interface/*`,
      ]),
    );
  });

  it('looks values of outputs up, and never has CodePipeline paste them', async () => {
    const result = await running(env, build({ env: { URL: { $ref: 'output', stack: 'Orders', name: 'Url' } } }));
    const given = JSON.parse(result.action('Beta.Smoke').Configuration.EnvironmentVariables);
    expect(given.map(({ name }: { name: string }) => name)).toEqual(['CDKPIPE_EXECUTION', 'CDKPIPE_ACTION']);
    const variables = project(result, env).Environment.EnvironmentVariables.map(({ Name }: { Name: string }) => Name);
    expect(variables.includes('CDKPIPE_VALUE_ROLE')).toBe(isForeign);
  });

  it('is kept up to date by the self-update, which may deploy just the stacks of the pipeline', async () => {
    const result = await running(env);
    const assumed = updateStatements(result).filter(({ Action }) => Action.includes('sts:AssumeRole'));
    const environments = [home, env, ...(env.region === home.region ? [] : [otherRegion])];
    const roles = environments.flatMap(({ account, region }) =>
      ['deploy', 'file-publishing'].map(
        (what) => `arn:aws:iam::${account}:role/cdk-hnb659fds-${what}-role-${account}-${region}`,
      ),
    );
    expect(assumed).toHaveLength(1);
    expect([...assumed[0].Resource].sort()).toEqual([...new Set(roles)].sort());
  });
});

describe('a role in another account', () => {
  it("trusts exactly the pipeline's role, by a condition, so that neither has to exist first", async () => {
    const result = await running(otherBoth);
    const { AssumeRolePolicyDocument } = roleIn(result, supportOf(otherBoth), 'ActionRole');
    expect(AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Condition: { ArnEquals: { 'aws:PrincipalArn': pipelineRole(result) } },
      },
    ]);
  });

  it('of a project is the only one that the policies of bucket and key let in for inputs', async () => {
    const result = await running(otherAccount);
    const roles = rolesIn(result, supportOf(otherAccount));
    const projectRole = roles.find((role) => JSON.stringify(role).includes('codebuild.amazonaws.com'));
    const reader = `arn:aws:iam::222222222222:role/${projectRole.RoleName}`;
    const principal = { AWS: ['arn:aws:iam::222222222222:root'] };
    const isForeign = ({ Principal }: Template) => JSON.stringify(Principal) === JSON.stringify(principal);
    const bucket = result.resource('AWS::S3::BucketPolicy', 'Artifacts').PolicyDocument.Statement.filter(isForeign);
    expect(bucket).toMatchObject([
      {
        Action: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetObject', 's3:GetObjectVersion'],
        Condition: { ArnEquals: { 'aws:PrincipalArn': [reader] } },
      },
    ]);
    expect(result.resource('AWS::KMS::Key').KeyPolicy.Statement.filter(isForeign)).toMatchObject([
      { Action: ['kms:Decrypt', 'kms:DescribeKey'], Condition: { ArnEquals: { 'aws:PrincipalArn': [reader] } } },
    ]);
  });

  it('names the bucket and the context of what its key encrypts, as it cannot name the key', async () => {
    const result = await running(otherAccount);
    const { BucketName } = result.resource('AWS::S3::Bucket', 'Artifacts');
    expect(statementsIn(result, supportOf(otherAccount), 'CommandsRole').slice(1)).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: [`arn:aws:s3:::${BucketName}/*/Source/*`],
      },
      {
        Effect: 'Allow',
        Action: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
        Resource: [`arn:aws:s3:::${BucketName}`],
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: ['arn:aws:kms:eu-west-1:111111111111:key/*'],
        Condition: {
          StringLike: {
            'kms:EncryptionContext:aws:s3:arn': [`arn:aws:s3:::${BucketName}`, `arn:aws:s3:::${BucketName}/*`],
          },
        },
      },
    ]);
  });

  it('reads in a further region from the bucket of that region, in a stack of the pipeline account', async () => {
    const result = await running(otherBoth);
    const bucket = result.resource('AWS::S3::Bucket', 'Artifacts', supportOf(otherRegion));
    const [, objects] = statementsIn(result, supportOf(otherBoth), 'CommandsRole');
    expect(objects.Resource).toEqual([`arn:aws:s3:::${bucket.BucketName}/*/Source/*`]);
    expect(result.resource('AWS::S3::Bucket', 'Artifacts').BucketName).toBeUndefined();
    expect(dependenciesOf(result, 'orders-pipeline')).toEqual(
      expect.arrayContaining([supportOf(otherRegion), supportOf(otherBoth)]),
    );
  });
});

it('all of it is written in the partition of the pipeline', async () => {
  const [cnHome, cnBeta] = ['111111111111', '222222222222'].map((account) => ({ account, region: 'cn-north-1' }));
  if (!cnHome || !cnBeta) throw new Error('unreachable');
  const { plan, assembly } = planOf({
    deployments: [{ name: 'Beta', env: cnBeta, stacks: [{ id: 'Orders' }], approvals: ['Smoke'] }],
    runIn: { 'Beta/Smoke': cnBeta },
  });
  const moved = { plan: { ...plan, pipeline: { ...plan.pipeline, env: cnHome } }, assembly };
  const result = await renderPlan(moved, { drawStep: build() });
  const templates = ['orders-pipeline', 'orders-pipeline-support-222222222222-cn-north-1'].map((stack) =>
    result.read(`${stack}.template.json`).replaceAll(/arn:aws:codeconnections[^"]*/g, ''),
  );
  for (const template of templates) {
    expect(template.includes('arn:aws-cn:iam::111111111111:')).toBe(true);
    expect(template.includes('arn:aws:')).toBe(false);
  }
});

describe('what cannot be done elsewhere is refused:', () => {
  const cloning: PlanFixture['source'] = {
    type: 'connection',
    repository: 'acme/orders',
    branch: 'main',
    connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/abc',
    fullClone: true,
    trigger: 'push',
  };

  it('cloning the source in an account that has no connection for it', async () => {
    await expect(running(otherAccount, build(), { source: cloning })).rejects.toMatchObject({
      code: 'CLONE_ACROSS_ACCOUNTS',
      problems: [{ node: 'Beta/Smoke:approve' }],
    });
    await expect(running(otherRegion, build(), { source: cloning })).resolves.toBeDefined();
  });

  it.each<[string, Environment, object, string | undefined]>([
    [
      'an output artifact of a build in another account',
      otherAccount,
      { outputs: ['Report'] },
      'OUTPUT_ACROSS_ACCOUNTS',
    ],
    ['no output artifact of a build in another region', otherRegion, { outputs: ['Report'] }, undefined],
    ['a source in another region', home, { category: 'Source', region: 'us-east-1' }, 'SOURCE_ELSEWHERE'],
  ])('%s', async (_, env, change, code) => {
    const drawn = running(env, build(), {
      emitAction: (node, action) => (node.name === 'Beta.Smoke' ? { ...(action as object), ...change } : action),
    });
    if (code === undefined) await expect(drawn).resolves.toBeDefined();
    else await expect(drawn).rejects.toMatchObject({ code, problems: [{ node: 'Beta/Smoke:approve' }] });
  });

  it('more inputs than CodeBuild takes, wherever it runs', async () => {
    const additionalSources = Object.fromEntries(
      [1, 2, 3, 4].map((id) => [`d${id}`, { type: 's3', bucket: 'b', key: 'k', trigger: 'none' } as const]),
    );
    const inputs = [...Object.keys(additionalSources), 'cdk.out'];
    await expect(running(otherBoth, build({ inputs }), { additionalSources })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });
});

describe('a renderer of a plugin', () => {
  const read: DrawStep = (_, context) => {
    const scope = context.scopeIn(context.env);
    const options = { readsInputs: true };
    const { arn } = context.serviceRole(scope, 'Worker', 'lambda.amazonaws.com', [], options);
    expect(arn).toBeTypeOf('string');
    const grants = [{ actions: ['states:StartExecution'], resources: ['arn:aws:states:x'], reason: 'start it' }];
    return { ...manual, inputs: ['Source'], ...context.workIn(context.env, grants, options) };
  };

  it('gets roles in another account that read the inputs, and policies that let just them in', async () => {
    const result = await running(otherBoth, read);
    const names = rolesIn(result, supportOf(otherBoth)).map(
      ({ RoleName }) => `arn:aws:iam::222222222222:role/${RoleName}`,
    );
    const [inputs] = result
      .resource('AWS::S3::BucketPolicy', 'Artifacts', supportOf(otherRegion))
      .PolicyDocument.Statement.filter(({ Condition }: Template) => Condition.ArnEquals !== undefined);
    expect([...inputs.Condition.ArnEquals['aws:PrincipalArn']].sort()).toEqual([...names].sort());
    expect(result.action('Beta.Smoke')).toMatchObject({
      Region: 'us-east-1',
      RoleArn: expect.stringMatching(/:role\/orders-Beta-Smoke-approve-ActionRole/),
    });
    const [start, objects] = statementsIn(result, supportOf(otherBoth), 'ActionRole');
    expect(start.Action).toEqual(['states:StartExecution']);
    expect(objects.Action).toEqual(['s3:GetObject', 's3:GetObjectVersion']);
  });

  it('may name the artifacts it reads, and reads no other', async () => {
    const readSource: DrawStep = (_, context) => {
      const location = context.workIn(context.env, [], { readsInputs: ['Source'] });
      return { ...manual, inputs: ['Source'], ...location };
    };
    const result = await running(otherAccount, readSource);
    const [objects] = statementsIn(result, supportOf(otherAccount), 'ActionRole');
    expect(objects.Resource).toEqual([expect.stringMatching(/\/\*\/Source\/\*$/)]);
  });

  it('works in the pipeline account with the role of the pipeline', async () => {
    const result = await running(otherRegion, read);
    expect(result.action('Beta.Smoke')).not.toHaveProperty('RoleArn');
    expect(pipelineStatements(result)).toContainEqual({
      Effect: 'Allow',
      Action: ['states:StartExecution'],
      Resource: ['arn:aws:states:x'],
    });
  });

  it('cannot read inputs from an account that no step runs in', async () => {
    const far: DrawStep = (_, context) => ({ ...manual, ...context.workIn(otherBoth, [], { readsInputs: true }) });
    await expect(running(home, far)).rejects.toMatchObject({ code: 'ARTIFACTS_OUT_OF_REACH' });
  });

  it('may give names that no other step, place or pipeline has, and that AWS takes', async () => {
    const names: string[] = [];
    const name: DrawStep = (_, context) => {
      names.push(
        ...[home, otherBoth].flatMap((env) => ['Function', 'Topic'].map((id) => context.physicalName(id, env))),
      );
      expect(() => context.physicalName('a/b', home)).toThrow('"a/b"');
      return manual;
    };
    await running(home, name);
    await running(home, name, { name: 'invoices' });
    expect(new Set(names).size).toBe(8);
    for (const each of names) expect(each).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });
});

it('an action without artifacts in another region still has a bucket there, and the self-update can deploy it', async () => {
  const invoke: DrawStep = (_, context) => ({ ...manual, ...context.workIn(otherBoth, []) });
  const result = await running(home, invoke);
  expect(result.pipeline.ArtifactStores.map(({ Region }: Template) => Region)).toEqual(['eu-west-1', 'us-east-1']);
  expect(JSON.stringify(updateStatements(result))).toContain('deploy-role-111111111111-us-east-1');
  expect(() => result.resource('AWS::KMS::Key', '', supportOf(otherRegion))).toThrow('0 resources');
});
