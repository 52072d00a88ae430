import { spawnSync } from 'node:child_process';
import type { Build, PartialBuildSpec } from '@cdkpipe/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeBuildSpec } from '../contract/code-build-spec.ts';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { type RenderedFiles, removeRendered, renderPlan, roleStatements } from '../fixture/render.test.fixture.ts';

afterEach(removeRendered);

const built = (build: Partial<Build>) => renderPlan(planOf({ build }));
const projectOf = async (build: Partial<Build>) => (await built(build)).resource('AWS::CodeBuild::Project', 'build');
const specOf = async (buildSpec: PartialBuildSpec, build: Partial<Build> = {}) =>
  JSON.parse((await projectOf({ ...build, buildSpec })).Source.BuildSpec);
const checked = (spec: Partial<CodeBuildSpec>) =>
  renderPlan(planOf({ deployments: [{ name: 'Beta', stacks: [{ id: 'Orders' }], approvals: ['Smoke'] }] }), {
    drawStep: (_, context) => context.codeBuild({ category: 'Test', commands: ['./smoke.sh'], ...spec }),
  });

const vpc = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
const token = `\${Token[${'x.1'}]}`;
const assembly = { 'exclude-paths': ['**/*.map'], 'base-directory': 'cdk.out', files: ['**/*'] };
const inBucket = { type: 's3', bucket: 'cache' } as const;

describe('parts of a buildspec', () => {
  it('stand around the commands, which keep their place', async () => {
    const spec = await specOf(
      {
        env: { shell: 'bash', variables: { LEVEL: 'full' } },
        phases: {
          install: { 'runtime-versions': { python: '3.12' }, commands: ['pip install x'], finally: ['echo in'] },
          pre_build: { commands: ['login'] },
          build: { 'on-failure': 'RETRY-2', finally: ['echo out'] },
          post_build: { commands: ['tidy'] },
        },
        reports: { unit: { files: ['junit.xml'], 'file-format': 'JUNITXML' } },
        artifacts: { 'exclude-paths': ['**/*.map'] },
        cache: { paths: ['/root/.cache/**/*', '/opt/x/**/*'], key: 'k' },
      },
      { installCommands: ['npm ci'], commands: ['npx cdkpipe synth'], cache: inBucket, exports: ['TAG'] },
    );
    expect(spec).toEqual({
      version: '0.2',
      env: { shell: 'bash', variables: { LEVEL: 'full' }, 'exported-variables': ['TAG'] },
      phases: {
        install: {
          'runtime-versions': { nodejs: '22', python: '3.12' },
          commands: ['pip install x', 'npm ci'],
          finally: ['echo in'],
        },
        pre_build: { commands: ['login'] },
        build: { 'on-failure': 'RETRY-2', finally: ['echo out'], commands: ['npx cdkpipe synth'] },
        post_build: { commands: ['tidy'] },
      },
      reports: { unit: { files: ['junit.xml'], 'file-format': 'JUNITXML' } },
      artifacts: {
        ...assembly,
        'secondary-artifacts': {
          Assembly: assembly,
          // What the author leaves out of the assembly takes no template away from deployments.
          Templates: {
            'base-directory': 'cdk.out',
            files: ['**/*.template.json', '**/*.template.json.config.json'],
            'exclude-paths': ['**/asset.*/**/*', '**/*.nested.template.json'],
          },
        },
      },
      cache: { key: 'k', paths: ['/root/.npm/**/*', '/root/.cache/**/*', '/opt/x/**/*'] },
    });
  });

  it('choose another Node, and the only runtimes where the image is your own', async () => {
    const node20 = { phases: { install: { 'runtime-versions': { nodejs: 20 } } } };
    expect((await specOf(node20)).phases.install['runtime-versions']).toEqual({ nodejs: 20 });
    expect((await specOf({ 'run-as': 'me' }, { image: 'acme/x' })).phases).not.toHaveProperty('install');
  });

  it('bring the permissions they need: to show reports, and to look up what their variables name', async () => {
    const shared = 'arn:aws:codebuild:eu-west-1:111111111111:report-group/shared';
    const result = await built({
      buildSpec: {
        reports: { unit: { files: ['a'] }, [shared]: { files: ['b'] } },
        env: { 'secrets-manager': { KEY: 'team/key:field' }, 'parameter-store': { URL: '/team/url' } },
      },
    });
    const { Name } = result.resource('AWS::CodeBuild::Project', 'build');
    const own = `arn:aws:codebuild:eu-west-1:111111111111:report-group/${Name}-unit`;
    const statements = roleStatements(result, 'build');
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: [
        'codebuild:BatchPutCodeCoverages',
        'codebuild:BatchPutTestCases',
        'codebuild:CreateReport',
        'codebuild:UpdateReport',
      ],
      Resource: [own, shared],
    });
    expect(statements).toContainEqual({ Effect: 'Allow', Action: ['codebuild:CreateReportGroup'], Resource: [own] });
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: ['arn:aws:secretsmanager:eu-west-1:111111111111:secret:team/key-??????'],
    });
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['ssm:GetParameters'],
      Resource: ['arn:aws:ssm:eu-west-1:111111111111:parameter/team/url'],
    });
  });

  it.each<[string, Partial<Build>, string]>([
    ['a variable of `env`', { env: { A: '1' }, buildSpec: { env: { variables: { A: '2' } } } }, 'BUILD_SPEC_CONFLICT'],
    [
      'a variable twice',
      { buildSpec: { env: { variables: { A: '1' }, 'parameter-store': { A: '/a' } } } },
      'BUILD_SPEC_CONFLICT',
    ],
    ['paths of a cache that is not there', { buildSpec: { cache: { paths: ['a'] } } }, 'BUILD_SPEC_CONFLICT'],
    [
      'paths of a cache that keeps none',
      { cache: { type: 'local', modes: ['source'] }, buildSpec: { cache: { paths: ['a'] } } },
      'BUILD_SPEC_CONFLICT',
    ],
    ['a secret with a wildcard', { buildSpec: { env: { 'secrets-manager': { A: '*' } } } }, 'SECRET_REFERENCE_INVALID'],
    [
      'a dynamic reference',
      { buildSpec: { phases: { pre_build: { commands: ['echo {{resolve:ssm:/x}}'] } } } },
      'TEXT_WOULD_BE_RESOLVED',
    ],
    ['a CDK token', { buildSpec: { reports: { [token]: { files: ['a'] } } } }, 'TEXT_IS_TOKEN'],
  ])('are refused with %s', async (_, build, code) => {
    await expect(built(build)).rejects.toMatchObject({ code, path: 'build' });
  });

  it('of a gate cannot let it pass when its commands fail', async () => {
    const buildSpec: PartialBuildSpec = { phases: { build: { 'on-failure': 'CONTINUE' } } };
    await expect(checked({ buildSpec })).rejects.toMatchObject({
      code: 'GATE_IGNORES_FAILURE',
      message: expect.stringContaining('"Beta/Smoke:approve"'),
    });
    expect((await specOf(buildSpec)).phases.build['on-failure']).toBe('CONTINUE');
  });

  it('of a gate keep the verdict of each command that may set a trap, but for PowerShell', async () => {
    const trap = "trap 'exit 0' EXIT; false";
    const spec = { commands: [trap, './smoke.sh'], installCommands: [trap] };
    const phases = { pre_build: { commands: [trap], finally: [trap] }, build: { finally: [trap] } };
    const commandsOf = async (buildSpec: PartialBuildSpec) => {
      const result = await checked({ ...spec, buildSpec });
      const emitted = JSON.parse(result.resource('AWS::CodeBuild::Project', 'BetaSmoke').Source.BuildSpec);
      return Object.values<Record<string, string[]>>(emitted.phases).flatMap(
        ({ commands = [], finally: last = [] }) => [...commands, ...last],
      );
    };
    const kept = await commandsOf({ phases });
    expect(kept).toHaveLength(6);
    for (const command of kept.filter((each) => each !== './smoke.sh'))
      expect(spawnSync('sh', ['-c', command]).status).toBe(1);
    expect(await commandsOf({ env: { shell: 'pwsh.exe' } })).toContain(trap);
  });

  it('of a step without output name none of its files', async () => {
    await expect(checked({ buildSpec: { artifacts: { 'exclude-paths': ['a'] } } })).rejects.toMatchObject({
      code: 'BUILD_SPEC_CONFLICT',
    });
  });
});

describe('a cache', () => {
  it('keeps the paths that are given, instead of those of npm', async () => {
    expect((await specOf({}, { cache: { ...inBucket, paths: ['.turbo/**/*'] } })).cache).toEqual({
      paths: ['.turbo/**/*'],
    });
  });

  it('of docker layers needs a privileged build', async () => {
    const cache = { type: 'local', modes: ['docker'] } as const;
    await expect(built({ cache })).rejects.toMatchObject({ code: 'CACHE_UNPRIVILEGED', path: 'build' });
    expect((await projectOf({ cache, privileged: true })).Cache).toEqual({
      Type: 'LOCAL',
      Modes: ['LOCAL_DOCKER_LAYER_CACHE'],
    });
  });
});

describe('file systems', () => {
  const tools = { identifier: 'tools', fileSystemId: 'fs-0123abcd', mountPoint: '/tools' };

  it('are mounted from EFS, each from its directory', async () => {
    const project = await projectOf({
      vpc,
      fileSystems: [tools, { ...tools, identifier: 'more', directory: '/a', mountOptions: 'nfsvers=4.1' }],
    });
    const location = 'fs-0123abcd.efs.eu-west-1.amazonaws.com';
    expect(project.FileSystemLocations).toEqual([
      { Type: 'EFS', Identifier: 'tools', Location: `${location}:/`, MountPoint: '/tools' },
      {
        Type: 'EFS',
        Identifier: 'more',
        Location: `${location}:/a`,
        MountPoint: '/tools',
        MountOptions: 'nfsvers=4.1',
      },
    ]);
  });

  it('make the build privileged, and no other', async () => {
    const environmentOf = async (build: Partial<Build>) => (await projectOf({ vpc, ...build })).Environment;
    expect(await environmentOf({ fileSystems: [tools] })).toMatchObject({ PrivilegedMode: true });
    expect(await environmentOf({ fileSystems: [] })).toMatchObject({ PrivilegedMode: false });
    const real = { vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678'], securityGroupIds: ['sg-12345678'] };
    const options = { codeBuildDefaults: { assets: { vpc: real, fileSystems: [tools] } } };
    const result = await renderPlan(planOf(), { options });
    const privileged = (id: string) => result.resource('AWS::CodeBuild::Project', id).Environment.PrivilegedMode;
    expect([privileged('Betapublish'), privileged('build')]).toEqual([true, false]);
  });

  it('cannot be mounted by a build that is not to be privileged', async () => {
    await expect(built({ vpc, fileSystems: [tools], privileged: false })).rejects.toMatchObject({
      problems: [{ code: 'FILE_SYSTEM_UNPRIVILEGED', path: 'build', node: 'build' }],
    });
  });

  it('need a VPC', async () => {
    await expect(built({ fileSystems: [tools] })).rejects.toMatchObject({ code: 'FILE_SYSTEM_WITHOUT_VPC' });
  });
});

describe('an exported variable', () => {
  const exporting = (spec: Partial<CodeBuildSpec>) => checked({ exports: ['AWS_VERSION'], ...spec });

  it('of a name that CodeBuild does not export is refused', async () => {
    await expect(exporting({})).rejects.toMatchObject({
      code: 'EXPORT_NOT_POSSIBLE',
      problems: [{ message: expect.stringContaining('AWS_VERSION'), node: expect.stringContaining('Beta/Smoke') }],
    });
  });

  it.each<Partial<CodeBuildSpec>>([
    { env: { TOKEN: { type: 'SECRETS_MANAGER', value: 'token' } } },
    { buildSpec: { env: { 'parameter-store': { TOKEN: 'token' } } } },
  ])('that is a secret or a parameter is refused: %j', async (spec) => {
    await expect(exporting({ ...spec, exports: ['TOKEN'] })).rejects.toMatchObject({ code: 'EXPORT_NOT_POSSIBLE' });
  });
});

describe('the text of a variable', () => {
  it('may have 4,096 characters', async () => {
    await expect(checked({ env: { A: 'x'.repeat(4_096) } })).resolves.toBeDefined();
    await expect(checked({ env: { A: 'x'.repeat(4_100), B: 'x'.repeat(5_000) } })).rejects.toMatchObject({
      problems: [
        { code: 'LIMIT_EXCEEDED', message: expect.stringMatching(/"A".*4100 characters, 4 more/) },
        { code: 'LIMIT_EXCEEDED', message: expect.stringContaining('904 more') },
      ],
    });
  });
});

describe('the log of a build', () => {
  const logs = async (logging: NonNullable<Build['logging']>) => {
    const result = await built({ logging });
    const project = result.resource('AWS::CodeBuild::Project', 'build');
    const statements = roleStatements(result, 'build').filter(({ Action }) =>
      Action.some((action: string) => action.startsWith('logs:') || action === 's3:PutObject'),
    );
    return { result, project, config: project.LogsConfig, statements };
  };

  it.each([
    [{}, 365],
    [{ cloudWatch: { retention: 30 } }, 30],
  ])('is kept in a group of its own, with %j for %i days', async (logging, days) => {
    const { result, config, statements } = await logs(logging);
    const id = config.CloudWatchLogs.GroupName.Ref;
    expect(id).toMatch(/^buildLog/);
    expect(result.template().Resources[id]).toMatchObject({
      Type: 'AWS::Logs::LogGroup',
      Properties: { RetentionInDays: days },
      // It outlives the project, and is not left behind by a creation that failed.
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    expect(result.template().Resources[id].Properties).not.toHaveProperty('LogGroupName');
    expect(statements[0]).toEqual({
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [{ 'Fn::GetAtt': [id, 'Arn'] }],
    });
  });

  it('goes to an existing group, below the name of the project', async () => {
    const { project, config, statements } = await logs({ cloudWatch: { group: '/acme/builds' } });
    expect(config).toEqual({
      CloudWatchLogs: { Status: 'ENABLED', GroupName: '/acme/builds', StreamName: project.Name },
    });
    expect(statements[0]?.Resource).toEqual([
      `arn:aws:logs:eu-west-1:111111111111:log-group:/acme/builds:log-stream:${project.Name}/*`,
    ]);
  });

  it('goes to a bucket, and to CloudWatch unless that is turned off', async () => {
    const { config, statements } = await logs({ cloudWatch: false, s3: { bucket: 'logs', prefix: 'orders' } });
    expect(config).toEqual({
      CloudWatchLogs: { Status: 'DISABLED' },
      S3Logs: { Status: 'ENABLED', Location: 'logs/orders' },
    });
    expect(statements.map(({ Resource }) => Resource)).toContainEqual(['arn:aws:s3:::logs/orders/*']);
    expect(JSON.stringify(statements)).not.toContain('logs:');
    const { project, config: both } = await logs({ s3: { bucket: 'logs', encrypted: false } });
    expect(both).toEqual({
      CloudWatchLogs: { Status: 'ENABLED', GroupName: { Ref: expect.any(String) } },
      S3Logs: { Status: 'ENABLED', Location: `logs/${project.Name}`, EncryptionDisabled: true },
    });
  });
});

describe('an image', () => {
  it('of a private registry is fetched with the credentials of a secret', async () => {
    const result = await built({ image: { name: 'registry.acme.com/a:1', secret: 'registry/reader' } });
    expect(result.resource('AWS::CodeBuild::Project', 'build').Environment).toMatchObject({
      Image: 'registry.acme.com/a:1',
      ImagePullCredentialsType: 'SERVICE_ROLE',
      RegistryCredential: { CredentialProvider: 'SECRETS_MANAGER', Credential: 'registry/reader' },
    });
    expect(roleStatements(result, 'build')).toContainEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: ['arn:aws:secretsmanager:eu-west-1:111111111111:secret:registry/reader-??????'],
    });
  });

  it('for ARM runs on such a machine', async () => {
    const environmentOf = async (image: NonNullable<Build['image']>) => (await projectOf({ image })).Environment;
    expect(await environmentOf({ name: 'acme/a:1', architecture: 'arm64' })).toMatchObject({ Type: 'ARM_CONTAINER' });
    expect(await environmentOf({ name: 'acme/a:1' })).toMatchObject({ Type: 'LINUX_CONTAINER' });
    const curated = 'aws/codebuild/amazonlinux-aarch64-standard:3.0';
    expect(await environmentOf(curated)).toMatchObject({ Type: 'ARM_CONTAINER' });
  });

  const curated = [
    'aws/codebuild/standard:7.0',
    'aws/codebuild/standard:7.0-26.1.15',
    'aws/codebuild/standard:8.0',
    'aws/codebuild/amazonlinux-x86_64-standard:5.0',
    'aws/codebuild/amazonlinux2-x86_64-standard:5.0',
    'aws/codebuild/amazonlinux-aarch64-standard:3.0',
    'aws/codebuild/amazonlinux-aarch64-standard:4.0',
  ];
  const old = [
    'aws/codebuild/standard:6.0',
    'aws/codebuild/amazonlinux2-x86_64-standard:4.0',
    'aws/codebuild/amazonlinux2-aarch64-standard:2.0',
    'aws/codebuild/amazonlinux-x86_64-standard:corretto11',
  ];
  const node20 = { phases: { install: { 'runtime-versions': { nodejs: 20, python: '3.12' } } } };
  const runtimesOf = (project: ReturnType<RenderedFiles['resource']>) =>
    JSON.parse(project.Source.BuildSpec).phases.install?.['runtime-versions'];

  it.each(curated)(
    'of CodeBuild runs Node 22 in the build unless `runtime-versions` says otherwise: %s',
    async (name) => {
      for (const image of [name, { name }]) {
        expect(runtimesOf(await projectOf({ image }))).toEqual({ nodejs: '22' });
        expect(runtimesOf(await projectOf({ image, buildSpec: node20 }))).toEqual({ nodejs: 20, python: '3.12' });
      }
    },
  );

  it.each(curated)('of CodeBuild runs Node 22 in steps, and as the default of every project: %s', async (image) => {
    expect(runtimesOf((await checked({ image })).resource('AWS::CodeBuild::Project', 'BetaSmoke'))).toEqual({
      nodejs: '22',
    });
    const result = await renderPlan(planOf(), { options: { codeBuildDefaults: { all: { image } } } });
    for (const id of ['build', 'Betapublish', 'update'])
      expect(runtimesOf(result.resource('AWS::CodeBuild::Project', id)), id).toEqual({ nodejs: '22' });
  });

  it.each(old)('without Node 22 is refused where cdkpipe or a tool of the CDK runs in it: %s', async (image) => {
    await expect(built({ image })).rejects.toMatchObject({ code: 'IMAGE_NODE_TOO_OLD' });
    await expect(renderPlan(planOf(), { options: { codeBuildDefaults: { all: { image } } } })).rejects.toMatchObject({
      problems: ['build', 'Beta:publish/111111111111/eu-west-1', 'update'].map((node) => ({ node })),
    });
    expect(runtimesOf(await projectOf({ image, buildSpec: node20 }))).toEqual({ nodejs: 20, python: '3.12' });
    expect(runtimesOf((await checked({ image })).resource('AWS::CodeBuild::Project', 'BetaSmoke'))).toBeUndefined();
  });

  it.each(['aws/codebuild/standard:7.0', '222222222222.dkr.ecr.us-east-1.amazonaws.com/tools/node:22'])(
    'that AWS hands out has no use for a secret: %s',
    async (name) => {
      await expect(built({ image: { name, secret: 'x' } })).rejects.toMatchObject({ code: 'IMAGE_SECRET_UNUSED' });
    },
  );
});

describe('the key of the artifacts', () => {
  const foreign = { account: '333333333333', region: 'eu-west-1' };
  const smoking = (spec: Partial<CodeBuildSpec>, env = foreign) =>
    renderPlan(planOf({ deployments: [{ name: 'Beta', env, stacks: [{ id: 'Orders' }], approvals: ['Smoke'] }] }), {
      drawStep: (_, context) => context.codeBuild({ category: 'Test', commands: ['./smoke.sh'], ...spec }),
    });
  const mayEncrypt = async (spec: Partial<CodeBuildSpec>, env?: typeof foreign) =>
    roleStatements(await smoking(spec, env), 'BetaSmoke').flatMap(({ Action, Resource }) =>
      Action.includes('kms:GenerateDataKey') ? Resource : [],
    );

  it.each<[string, Partial<CodeBuildSpec>]>([
    ['a cache', { cache: inBucket }],
    ['a log', { logging: { s3: { bucket: 'logs' } } }],
  ])(
    'may be used by a step that only reads artifacts for %s in S3, which CodeBuild encrypts with it',
    async (_, spec) => {
      expect(await mayEncrypt(spec)).toEqual([{ 'Fn::GetAtt': ['ArtifactsKey', 'Arn'] }]);
    },
  );

  it.each<[string, Partial<CodeBuildSpec>]>([
    ['nothing in S3', {}],
    ['a cache on the machine', { cache: { type: 'local', modes: ['source'] } }],
    ['a log in plain text', { logging: { s3: { bucket: 'logs', encrypted: false } } }],
  ])('may only decrypt for a step that keeps %s', async (_, spec) => {
    expect(await mayEncrypt(spec)).toEqual([]);
  });

  it('is asked of nobody where the artifacts have none', async () => {
    expect(await mayEncrypt({ cache: inBucket }, { account: '111111111111', region: 'eu-west-1' })).toEqual([]);
  });
});
