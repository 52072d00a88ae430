import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import {
  type RenderedFiles,
  removeRendered,
  renderPlan,
  roleStatements,
  type Template,
  updateStatements,
} from '../fixture/render.test.fixture.ts';
import { type CodePipelineOptionsInput, optionsSchema } from '../options/options.ts';

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
  const commands = (JSON.parse(project.Source.BuildSpec).phases.install.commands ?? []).filter((command: string) =>
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
  JSON.stringify(name === 'selfUpdate' ? updateStatements(result) : roleStatements(result, roles[name]));

/** Runs the real helper against a Secrets Manager that gives every secret the same value. */
async function askHelper(domainCredentials: unknown, domain: string): Promise<unknown> {
  const home = mkdtempSync(join(tmpdir(), 'cdkpipe-docker-'));
  const file = join(home, 'credentials.json');
  writeFileSync(file, JSON.stringify({ version: '1.0', domainCredentials }));
  const server = createServer((_request, response) =>
    response.end(JSON.stringify({ SecretString: JSON.stringify({ username: 'ada', secret: 'lovelace' }) })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    rmSync(home, { recursive: true, force: true });
  });
  const tool = dirname(createRequire(import.meta.url).resolve('cdk-assets/package.json'));
  const child = spawn(process.execPath, [join(tool, 'bin/docker-credential-cdk-assets'), 'get'], {
    env: {
      PATH: process.env.PATH,
      HOME: home,
      CDK_DOCKER_CREDS_FILE: file,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
  });
  child.stdin.end(`${domain}\n`);
  return JSON.parse(await text(child.stdout));
}

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
        'https://registry.acme.com:5000': expect.objectContaining({ secretsManagerSecretId: 'acme' }),
        '222222222222.dkr.ecr.us-east-1.amazonaws.com': { ecrRepository: true, assumeRoleArn: reader },
        '333333333333.dkr.ecr.eu-west-1.amazonaws.com': { ecrRepository: true, assumeRoleArn: reader },
      },
      config: undefined,
    });
  });

  it('are found by the helper for every name that docker asks for', async () => {
    const registry = (domain: string) => ({ type: 'registry', domain, secret: 'acme' }) as const;
    const result = await render([hub, registry('registry.acme.com'), registry('packages.acme.com:5000')]);
    const { credentials, config } = written(result, 'build');
    const asked = Object.keys(config.credHelpers);
    expect(asked).toEqual(['https://index.docker.io/v1/', 'registry.acme.com', 'packages.acme.com:5000']);
    for (const name of asked)
      expect(await askHelper(credentials, name)).toEqual({ Username: 'ada', Secret: 'lovelace' });
  });

  it.each([
    [[{ domain: 'registry.acme.com' }, { domain: 'registry.acme.com:5000' }], 'cannot be told apart'],
    [[{ domain: 'Registry.acme.com' }], 'in lower case'],
    [[{ domain: 'docker.io' }], 'expected the type dockerHub for docker.io'],
  ])('of the registries %j are refused', (registries, words) => {
    const dockerCredentials = registries.map((each) => ({ type: 'registry', secret: 'acme', ...each }));
    expect(() => optionsSchema.parse({ dockerCredentials })).toThrow(words);
  });

  it('let the build itself pull, where docker may run in it', async () => {
    const result = await render([hub]);
    expect(written(result, 'build').config).toEqual({ credHelpers: { 'https://index.docker.io/v1/': 'cdk-assets' } });
    const { phases } = JSON.parse(result.resource('AWS::CodeBuild::Project', 'buildProject').Source.BuildSpec);
    expect(phases.install.commands[0]).toContain('npm ci --ignore-scripts');
    expect(phases.install.commands[0]).toContain('node_modules/cdk-assets');
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
