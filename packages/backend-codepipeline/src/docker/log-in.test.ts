import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import {
  type RenderedFiles,
  removeRendered,
  renderPlan,
  roleStatements,
  type Template,
} from '../fixture/render.test.fixture.ts';
import type { CodePipelineOptionsInput } from '../options.ts';

afterEach(removeRendered);

type Credentials = NonNullable<CodePipelineOptionsInput['dockerCredentials']>;

const hub = { type: 'dockerHub', secret: 'docker/hub' } as const;
const reader = 'arn:aws:iam::444444444444:role/registry-reader';
const ecr: Credentials[number] & { type: 'ecr' } = {
  type: 'ecr',
  repositories: [
    '222222222222.dkr.ecr.us-east-1.amazonaws.com/base/node',
    '333333333333.dkr.ecr.eu-west-1.amazonaws.com/base',
  ],
};

const render = (
  dockerCredentials: Credentials,
  {
    privileged = true,
    docker = true,
    selfUpdate = false,
  }: Partial<Record<'privileged' | 'docker' | 'selfUpdate', boolean>> = {},
) =>
  renderPlan(
    planOf({
      build: { privileged },
      deployments: [
        { name: 'Beta', stacks: [{ id: 'Orders' }], docker },
        { name: 'Files', stacks: [{ id: 'Data' }] },
      ],
    }),
    {
      options: {
        dockerCredentials,
        ...(selfUpdate ? { codeBuildDefaults: { selfUpdate: { privileged: true } } } : {}),
      },
    },
  );

const projects = { build: 'buildProject', selfUpdate: 'update', assets: 'Betapublish', files: 'Filespublish' };
const roles = { build: 'buildRole', selfUpdate: 'update', assets: 'Betapublish', files: 'Filespublish' };

/** What stands in the files that the commands of a project write. */
function written(result: RenderedFiles, name: keyof typeof projects) {
  const project = result.resource('AWS::CodeBuild::Project', projects[name]);
  const home = mkdtempSync(join(tmpdir(), 'cdkpipe-docker-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const variables = project.Environment.EnvironmentVariables.map(({ Name, Value }: Template) => [Name, Value]);
  const commands = JSON.parse(project.Source.BuildSpec).phases.install.commands.filter((command: string) =>
    command.includes('$HOME'),
  );
  spawnSync('sh', ['-ec', commands.join('\n')], {
    env: { PATH: process.env.PATH, HOME: home, ...Object.fromEntries(variables) },
  });
  const read = (file: string) => {
    try {
      return JSON.parse(readFileSync(join(home, file), 'utf8'));
    } catch {
      return undefined;
    }
  };
  return { credentials: read('.cdk/cdk-docker-creds.json')?.domainCredentials, config: read('.docker/config.json') };
}

const granted = (result: RenderedFiles, name: keyof typeof roles) =>
  JSON.stringify(roleStatements(result, roles[name]));

describe('docker credentials', () => {
  it('are written for the publisher that builds images, in the words of cdk-assets', async () => {
    const result = await render([
      hub,
      {
        type: 'registry',
        domain: 'registry.acme.com:5000',
        secret: 'acme',
        usernameField: 'user',
        passwordField: 'pass',
      },
      { ...ecr, assumeRole: reader },
    ]);
    expect(written(result, 'assets')).toEqual({
      credentials: {
        'https://index.docker.io/v1/': { secretsManagerSecretId: 'docker/hub' },
        'registry.acme.com:5000': {
          secretsManagerSecretId: 'acme',
          secretsUsernameField: 'user',
          secretsPasswordField: 'pass',
        },
        '222222222222.dkr.ecr.us-east-1.amazonaws.com': { ecrRepository: true, assumeRoleArn: reader },
        '333333333333.dkr.ecr.eu-west-1.amazonaws.com': { ecrRepository: true, assumeRoleArn: reader },
      },
      config: undefined,
    });
  });

  it('let the build itself pull, where docker may run in it', async () => {
    const result = await render([hub]);
    expect(written(result, 'build').config).toEqual({ credHelpers: { 'https://index.docker.io/v1/': 'cdk-assets' } });
    const { phases } = JSON.parse(result.resource('AWS::CodeBuild::Project', 'buildProject').Source.BuildSpec);
    expect(phases.install.commands[0]).toContain('npm install --global --ignore-scripts "cdk-assets@');
  });

  it('reach nobody who cannot use them', async () => {
    const result = await render([hub], { privileged: false });
    expect(granted(result, 'assets')).toContain('docker/hub');
    for (const name of ['build', 'selfUpdate', 'files'] as const) {
      expect(granted(result, name), name).not.toContain('docker/hub');
      expect(written(result, name).credentials, name).toBeUndefined();
    }
  });

  it('reach only the usages that are named', async () => {
    const result = await render(
      [
        { ...hub, usages: ['build'] },
        { ...ecr, usages: ['selfUpdate'] },
      ],
      { selfUpdate: true },
    );
    expect(granted(result, 'build')).toContain('docker/hub');
    expect(granted(result, 'selfUpdate')).toContain('repository/base/node');
    expect(granted(result, 'assets')).not.toMatch(/docker\/hub|repository\/base/);
  });

  it('let a role read exactly the secret, pull exactly the repositories, or assume exactly the role', async () => {
    const statements = async (credentials: Credentials) => roleStatements(await render(credentials), roles.assets);
    const secret = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:docker/hub';
    expect(await statements([{ ...hub, secret: `${secret}-AbC123` }])).toContainEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: [`${secret}-AbC123`],
    });
    expect(await statements([ecr])).toContainEqual({
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: [
        'arn:aws:ecr:us-east-1:222222222222:repository/base/node',
        'arn:aws:ecr:eu-west-1:333333333333:repository/base',
      ],
    });
    const assumed = JSON.stringify(await statements([{ ...hub, assumeRole: reader }]));
    expect(assumed).toContain(reader);
    expect(assumed).not.toContain('secretsmanager');
  });

  it.each([
    ['build', { privileged: false }],
    ['selfUpdate', {}],
  ] as const)('are refused for "%s" where docker cannot run', async (usage, where) => {
    await expect(render([{ ...hub, usages: [usage] }], where)).rejects.toMatchObject({
      code: 'DOCKER_CREDENTIAL_UNUSED',
      path: 'backends.codepipeline.dockerCredentials',
    });
  });
});
