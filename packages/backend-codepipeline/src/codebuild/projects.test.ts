import type { Build, Source } from '@cdkpipe/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeBuildSpec } from '../contract/code-build-spec.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import {
  type DrawStep,
  type RenderedFiles,
  removeRendered,
  renderPlan,
  roleStatements,
} from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const built = (build: Partial<Build>, sources: Readonly<Record<string, Source>> = {}) =>
  renderPlan(planOf({ build, additionalSources: sources }));
const checked = (spec: Partial<CodeBuildSpec>) =>
  renderPlan(
    planOf({
      additionalSources: { lib: { type: 's3', bucket: 'b', key: 'k', trigger: 'none' } },
      deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], outputs: { Orders: ['Url'] }, approvals: ['Smoke'] }],
    }),
    { drawStep: (_, context) => context.codeBuild({ category: 'Test', commands: ['./smoke.sh'], ...spec }) },
  );

describe('the main build', () => {
  it('runs the commands as they are and puts out the assembly', async () => {
    const result = await built({
      commands: ['npm ci && echo "$A"'],
      installCommands: ['n 22'],
      env: { A: '#{x} $(y)' },
    });
    const project = result.resource('AWS::CodeBuild::Project', 'build');
    expect(JSON.parse(project.Source.BuildSpec)).toEqual({
      version: '0.2',
      phases: {
        install: { 'runtime-versions': { nodejs: '22' }, commands: ['n 22'] },
        build: { commands: ['npm ci && echo "$A"'] },
      },
      artifacts: {
        'base-directory': 'cdk.out',
        files: ['**/*'],
        'secondary-artifacts': {
          Assembly: { 'base-directory': 'cdk.out', files: ['**/*'] },
          Templates: {
            'base-directory': 'cdk.out',
            files: ['**/*.template.json', '**/*.template.json.config.json'],
            'exclude-paths': ['**/asset.*/**/*', '**/*.nested.template.json'],
          },
        },
      },
    });
    expect(project.Environment).toEqual({
      ComputeType: 'BUILD_GENERAL1_SMALL',
      EnvironmentVariables: [{ Name: 'A', Type: 'PLAINTEXT', Value: '#{x} $(y)' }],
      Image: 'aws/codebuild/standard:7.0',
      ImagePullCredentialsType: 'CODEBUILD',
      PrivilegedMode: false,
      Type: 'LINUX_CONTAINER',
    });
    expect(result.action('Build')).toMatchObject({
      Configuration: { ProjectName: { Ref: expect.stringMatching(/^buildProject/) } },
      InputArtifacts: [{ Name: 'Source' }],
      OutputArtifacts: [{ Name: 'Assembly' }, { Name: 'Templates' }],
    });
  });

  it('may write its own log and its artifacts and nothing else', async () => {
    const result = await built({});
    const { Name, LogsConfig } = result.resource('AWS::CodeBuild::Project', 'build');
    const log = LogsConfig.CloudWatchLogs.GroupName.Ref;
    expect(result.template().Resources[log].Properties).toEqual({ RetentionInDays: 365 });
    const bucket = { 'Fn::GetAtt': ['Artifacts', 'Arn'] };
    expect(roleStatements(result, 'build')).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [{ 'Fn::GetAtt': [log, 'Arn'] }],
      },
      {
        Effect: 'Allow',
        Action: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
        Resource: [bucket],
      },
    ]);
    const role = result.resource('AWS::IAM::Role', 'build');
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'codebuild.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111111111111' },
          ArnLike: { 'aws:SourceArn': `arn:aws:codebuild:eu-west-1:111111111111:project/${Name}` },
        },
      },
    ]);
  });

  it('has additional sources laid in their directories, the main source first', async () => {
    const s3: Source = { type: 's3', bucket: 'b', key: 'k', trigger: 'none' };
    const result = await built({}, { 'vendor/$(x)': s3 });
    const action = result.action('Build');
    expect(action.Configuration.PrimarySource).toBe('Source');
    const [, { Name: artifact }] = action.InputArtifacts;
    const project = result.resource('AWS::CodeBuild::Project', 'build');
    expect(project.Environment.EnvironmentVariables).toEqual([
      { Name: 'CDKPIPE_INPUT_1', Type: 'PLAINTEXT', Value: 'vendor/$(x)' },
    ]);
    expect(project.Source.BuildSpec).toContain(`$CODEBUILD_SRC_DIR_${artifact}/.`);
    expect(project.Source.BuildSpec).not.toContain('$(x)');
  });

  it('starts the pipeline anew when it changes: its hash stands in the action', async () => {
    const hash = async (build: Partial<Build>) =>
      (await built(build)).action('Build').Configuration.EnvironmentVariables;
    const before = await hash({});
    expect(JSON.parse(before)).toEqual([
      { name: 'CDKPIPE_PROJECT', type: 'PLAINTEXT', value: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ]);
    expect(await hash({})).toBe(before);
    expect(await hash({ commands: ['other'] })).not.toBe(before);
    expect(await hash({ env: { A: 'b' } })).not.toBe(before);
  });

  it('takes machine, network, cache and policy as the definition says', async () => {
    const result = await built({
      image: '222222222222.dkr.ecr.us-east-1.amazonaws.com/tools/node:22',
      computeType: '2xlarge',
      privileged: true,
      timeout: 90,
      cache: { type: 's3', bucket: 'cache', prefix: 'orders' },
      vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] },
      rolePolicy: [{ effect: 'Deny', actions: ['s3:*'], resources: ['*'], conditions: { Bool: { 'aws:x': 'true' } } }],
    });
    const project = result.resource('AWS::CodeBuild::Project', 'build');
    expect(project).toMatchObject({
      Environment: {
        ComputeType: 'BUILD_GENERAL1_2XLARGE',
        ImagePullCredentialsType: 'SERVICE_ROLE',
        PrivilegedMode: true,
      },
      TimeoutInMinutes: 90,
      Cache: { Type: 'S3', Location: 'cache/orders' },
      VpcConfig: { VpcId: 'vpc-1', Subnets: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] },
    });
    expect(JSON.parse(project.Source.BuildSpec).phases).toEqual({ build: { commands: expect.any(Array) } });
    const statements = roleStatements(result, 'build');
    expect(statements).toContainEqual({
      Effect: 'Deny',
      Action: ['s3:*'],
      Resource: ['*'],
      Condition: { Bool: { 'aws:x': 'true' } },
    });
    const ec2 = (name: string) => `arn:aws:ec2:eu-west-1:111111111111:${name}`;
    const inSubnets = { ArnEquals: { 'ec2:Subnet': [ec2('subnet/subnet-1'), ec2('subnet/subnet-2')] } };
    const anyInterface = { Effect: 'Allow', Resource: [ec2('network-interface/*')] };
    expect(statements.filter(({ Action }) => /ec2:(?!Describe)/.test(Action.join()))).toEqual([
      {
        Effect: 'Allow',
        Action: ['ec2:CreateNetworkInterface'],
        Resource: [
          ec2('subnet/subnet-1'),
          ec2('subnet/subnet-2'),
          ec2('security-group/sg-1'),
          ec2('network-interface/*'),
        ],
      },
      { ...anyInterface, Action: ['ec2:DeleteNetworkInterface'], Condition: inSubnets },
      {
        ...anyInterface,
        Action: ['ec2:CreateNetworkInterfacePermission'],
        Condition: { StringEquals: { 'ec2:AuthorizedService': 'codebuild.amazonaws.com' }, ...inSubnets },
      },
    ]);
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: ['arn:aws:ecr:us-east-1:222222222222:repository/tools/node'],
    });
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
      Resource: ['arn:aws:s3:::cache/orders/*'],
    });
  });

  it.each([
    [{ env: { 'A-B': 'x' } }, 'ENV_NAME_INVALID'],
    [{ env: { CODEBUILD_X: 'x' } }, 'ENV_NAME_INVALID'],
    [{ env: { A: '{{resolve:ssm:/x}}' } }, 'TEXT_WOULD_BE_RESOLVED'],
    [{ commands: ['echo {{resolve:secretsmanager:x}}'] }, 'TEXT_WOULD_BE_RESOLVED'],
    [{ commands: [`echo \${Token[x.1]}`] }, 'TEXT_IS_TOKEN'],
  ])('refuses %j with %s', async (build, code) => {
    await expect(built(build)).rejects.toMatchObject({ code, path: 'build' });
  });
});

describe('steps that would get the same project', () => {
  const deployments = ['Beta', 'Prod'].map((name) => ({ name, stacks: [{ id: 'Api' }], approvals: ['Smoke'] }));
  const drawn = (spec: (deployment: string) => Partial<CodeBuildSpec>) =>
    renderPlan(planOf({ deployments }), {
      drawStep: (node, context) =>
        context.codeBuild({ category: 'Test', commands: ['./smoke.sh'], ...spec(node.group) }),
    });
  const projectOf = (result: RenderedFiles, action: string) => result.action(action).Configuration.ProjectName.Ref;

  it('share one, and its role', async () => {
    const result = await drawn(() => ({}));
    const project = projectOf(result, 'Beta.Smoke');
    expect(projectOf(result, 'Prod.Smoke')).toBe(project);
    const { Description } = result.template().Resources[project].Properties;
    expect(Description).toBe('Runs the commands of Beta/Smoke:approve; Runs the commands of Prod/Smoke:approve');
    expect(() => result.resource('AWS::IAM::Role', 'ProdSmoke')).toThrow('0 resources');
  });

  it.each<[string, (deployment: string) => Partial<CodeBuildSpec>]>([
    ['commands', (name) => ({ commands: [`./smoke.sh ${name}`] })],
    ['variables', (name) => ({ env: { STAGE: name } })],
    ['machine', (name) => ({ computeType: name === 'Beta' ? 'small' : 'large' })],
    [
      'policy',
      (name) => ({
        rolePolicy: [{ effect: 'Allow', actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${name}/x`] }],
      }),
    ],
  ])('have each their own where %s differ', async (_, spec) => {
    const result = await drawn(spec);
    expect(projectOf(result, 'Prod.Smoke')).not.toBe(projectOf(result, 'Beta.Smoke'));
    expect(result.resource('AWS::IAM::Role', 'ProdSmoke')).toBeDefined();
  });
});

describe('commands of a step', () => {
  it('get pasted values from the action, plain ones and references to secrets from the project', async () => {
    const result = await checked({
      image: 'node:22',
      env: {
        COMMIT: { $ref: 'source', attribute: 'commitId' },
        PLAIN: '#{data}',
        TOKEN: { type: 'SECRETS_MANAGER', value: 'team/token:key' },
        FULL: { type: 'SECRETS_MANAGER', value: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:full-AbC123' },
        PART: {
          type: 'SECRETS_MANAGER',
          value: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:part:k:AWSCURRENT',
        },
        PARAMETER: { type: 'PARAMETER_STORE', value: '/team/url' },
      },
    });
    const { Configuration, Name } = result.action('Beta.Smoke');
    expect(JSON.parse(Configuration.EnvironmentVariables)).toEqual([
      { name: 'COMMIT', type: 'PLAINTEXT', value: '#{source.CommitId}' },
    ]);
    expect(Name).toBe('Beta.Smoke');
    const project = result.resource('AWS::CodeBuild::Project', 'BetaSmoke');
    expect(project.Environment.EnvironmentVariables.map(({ Name: name }: { Name: string }) => name)).toEqual([
      'PLAIN',
      'TOKEN',
      'FULL',
      'PART',
      'PARAMETER',
    ]);
    const statements = roleStatements(result, 'BetaSmoke');
    const secret = (id: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${id}`;
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: [secret('team/token-??????'), secret('full-AbC123'), secret('part-??????')],
    });
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['ssm:GetParameters'],
      Resource: ['arn:aws:ssm:eu-west-1:111111111111:parameter/team/url'],
    });
  });

  it('take the assembly and additional sources as inputs, by directory', async () => {
    const result = await checked({ inputs: ['cdk.out', 'lib'] });
    expect(result.action('Beta.Smoke').InputArtifacts).toEqual([
      { Name: 'Source' },
      { Name: 'Assembly' },
      { Name: 'Source_lib' },
    ]);
    expect(result.inspection.problems).toEqual([]);
  });

  it.each<[Partial<CodeBuildSpec>, string]>([
    [{ inputs: ['nowhere'] }, 'INPUT_UNKNOWN'],
    [{ env: { A: { type: 'SECRETS_MANAGER', value: '*' } } }, 'SECRET_REFERENCE_INVALID'],
    [
      { env: { A: { type: 'SECRETS_MANAGER', value: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:*' } } },
      'SECRET_REFERENCE_INVALID',
    ],
    [{ env: { A: { type: 'PARAMETER_STORE', value: 'a:b' } } }, 'SECRET_REFERENCE_INVALID'],
    [{ env: { A: { $ref: 'output', stack: 'Orders', name: 'Other' } } }, 'OUTPUT_NOT_READY'],
    [{ env: { A: { $ref: 'output', stack: 'Nope', name: 'Url' } } }, 'OUTPUT_NOT_READY'],
  ])('refuse %j with %s', async (spec, code) => {
    await expect(checked(spec)).rejects.toMatchObject({ code, path: 'deployments.Beta' });
  });

  it('refuse more pasted values than an action can carry', async () => {
    const commit = { $ref: 'source', attribute: 'commitId' } as const;
    const env = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`VARIABLE_${index}`, commit]));
    await expect(checked({ env, image: 'node:22' })).rejects.toMatchObject({
      code: 'ENV_TOO_LONG',
      message: expect.stringMatching(/take \d+ characters of action configuration, \d+ more than 1000$/),
    });
  });

  it('before the build cannot take the assembly', async () => {
    const plan = planOf({ before: ['Lint'], after: ['Scan'] });
    const inputOf =
      (name: string): DrawStep =>
      (node, context) =>
        context.codeBuild({ category: 'Build', commands: ['x'], inputs: node.name === name ? ['cdk.out'] : [] });
    await expect(renderPlan(plan, { drawStep: inputOf('Lint') })).rejects.toMatchObject({ code: 'INPUT_UNKNOWN' });
    const result = await renderPlan(plan, { drawStep: inputOf('Scan') });
    expect(result.stages.Build).toEqual(['Lint@1', 'Build@2', 'Scan@3']);
  });
});
