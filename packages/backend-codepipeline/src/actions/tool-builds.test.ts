import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { codepipeline } from '../backend.ts';
import { checkPlan } from '../check/check-plan.ts';
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

const made: string[] = [];
const directory = () => {
  const path = mkdtempSync(join(tmpdir(), 'cdkpipe-tools-'));
  made.push(path);
  return path;
};

afterEach(() => {
  removeRendered();
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

const role = (what: string, account = '111111111111', region = 'eu-west-1') =>
  `arn:aws:iam::${account}:role/cdk-hnb659fds-${what}-${account}-${region}`;

/** Runs the commands of a project with tools that only write down how they were called. */
function run(rendered: RenderedFiles, prefix: string, failOn = '') {
  const project = rendered.resource('AWS::CodeBuild::Project', prefix);
  const { phases } = JSON.parse(project.Source.BuildSpec);
  const bin = directory();
  for (const tool of ['npm', 'cdk', 'cdk-assets']) {
    const script = `#!/bin/sh\nif [ "${tool} $1" = "npm ci" ]; then cat "$6/package-lock.json"; echo; fi\nline="${tool}"\nfor a in "$@"; do line="$line [$a]"; done\necho "$line"\ncase "$2" in *"${failOn || '\u0000never'}"*) exit 3;; esac\n`;
    writeFileSync(join(bin, tool), script.replaceAll('\u0000', ''));
    chmodSync(join(bin, tool), 0o755);
  }
  const variables = project.Environment.EnvironmentVariables.map(({ Name, Value }: Template) => [Name, Value]);
  const commands = [...phases.install.commands, ...phases.build.commands];
  return spawnSync('sh', ['-ec', commands.join('\n')], {
    cwd: rendered.app.outdir,
    env: { PATH: `${bin}:${process.env.PATH}`, ...Object.fromEntries(variables) },
    encoding: 'utf8',
  });
}

const assumeStatements = (result: RenderedFiles, prefix: string) =>
  roleStatements(result, prefix).filter(({ Action }) => JSON.stringify(Action).includes('sts:'));

const updateAssumes = (result: RenderedFiles) =>
  updateStatements(result).filter(({ Action }) => JSON.stringify(Action).includes('sts:'));

describe('publishing', () => {
  const hostile = ['a b.json', "it's $(touch x).json", '-x;y.json'];
  const plan = planOf({
    deployments: [
      { name: 'Beta', stacks: hostile.map((assetManifest, index) => ({ id: `S${index}`, assetManifest })) },
    ],
  });

  it('hands every manifest to cdk-assets, whatever its name', async () => {
    const { status, stdout } = run(await renderPlan(plan), 'Betapublish');
    expect(status).toBe(0);
    const [lock = '', install, ...published] = stdout.trimEnd().split('\n');
    expect(JSON.parse(lock).packages['node_modules/cdk-assets']).toMatchObject({ version: '4.7.3' });
    expect(install).toMatch(/^npm \[ci\] \[--ignore-scripts\]/);
    expect(published.toSorted()).toEqual(
      hostile.map((name, index) => `cdk-assets [--path] [${name}] [publish] [BetaS${index}:here]`).toSorted(),
    );
  });

  it('fails when one of them fails', async () => {
    const { status, stdout } = run(await renderPlan(plan), 'Betapublish', "it's");
    expect(status).not.toBe(0);
    expect(stdout).toContain("it's");
  });

  it('uploads as many at the same time as the option says', async () => {
    const limit = async (options: CodePipelineOptionsInput) =>
      (await renderPlan(plan, { options })).resource('AWS::CodeBuild::Project', 'Betapublish').Environment
        .EnvironmentVariables;
    expect(await limit({})).toContainEqual({ Name: 'CDKPIPE_CONCURRENCY', Type: 'PLAINTEXT', Value: '4' });
    const alone = await limit({ assets: { concurrency: 1 } });
    expect(alone).toContainEqual({ Name: 'CDKPIPE_CONCURRENCY', Type: 'PLAINTEXT', Value: '1' });
  });

  it('leaves the project as it is when only what is published changes', async () => {
    const projectOf = async (assetManifest: string) => {
      const stacks = [{ id: 'Api', assetManifest }];
      const result = await renderPlan(planOf({ deployments: [{ name: 'Beta', stacks }] }));
      return result.resource('AWS::CodeBuild::Project', 'Betapublish');
    };
    expect(await projectOf('a.json')).toEqual(await projectOf('b.json'));
  });

  it('says an older schema where the tool understands all that a newer manifest holds', async () => {
    const beta = planOf({ deployments: [{ name: 'Beta', stacks: [{ id: 'Api', assetManifest: 'Api.assets.json' }] }] });
    const manifestFor = async (version: string, more: object = {}) => {
      const asset = { source: { path: 'x', ...more }, destinations: { here: { bucketName: 'b', objectKey: 'k' } } };
      const rendered = await renderPlan(beta, { assetManifest: { version, files: { BetaApi: asset } } });
      const [, file = ''] = /\[--path\] \[(.*?)\]/.exec(run(rendered, 'Betapublish').stdout) ?? [];
      return { file, content: JSON.parse(rendered.read(file)), asset };
    };
    const newer = await manifestFor('55.0.0');
    expect(newer.file).toBe('Api.assets.schema-54.json');
    expect(newer.content).toEqual({ version: '54.0.0', files: { BetaApi: newer.asset } });
    expect(await manifestFor('54.0.0')).toMatchObject({ file: 'Api.assets.json' });
    expect(await manifestFor('55.0.0', { compression: 'zstd' })).toMatchObject({ file: 'Api.assets.json' });
  });

  it('may assume exactly the roles of its manifests', async () => {
    const env = { account: '333333333333', region: 'us-east-1' };
    const result = await renderPlan(planOf({ deployments: [{ name: 'Prod', env, stacks: [{ id: 'Api' }] }] }));
    expect(assumeStatements(result, 'Prodpublish')).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: [role('file-publishing-role', env.account, env.region)],
      },
    ]);
    expect(JSON.stringify(roleStatements(result, 'Prodpublish'))).not.toContain('PutObject');
  });

  it('may tag its sessions where the manifests say that the roles are assumed with tags', async () => {
    const asset = { id: 'a', destination: 'here', target: 'a', isTemplate: false, type: 'file' as const };
    const assets = [{ ...asset, roleArn: role('file-publishing-role'), tagsSession: true as const }];
    const publishingRoleArns = [role('file-publishing-role')];
    const deployments = [{ name: 'Prod', stacks: [{ id: 'Api', assets, publishingRoleArns }] }];
    expect(assumeStatements(await renderPlan(planOf({ deployments })), 'Prodpublish')).toEqual([
      { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: [role('file-publishing-role')] },
    ]);
  });

  it('shares a project, and its role, with the other publishers of the account and with nobody else', async () => {
    const deployment = (name: string, account: string, region: string) => ({
      name,
      env: { account, region },
      stacks: [{ id: 'Api' }],
    });
    const deployments = [
      deployment('Beta', '222222222222', 'eu-west-1'),
      deployment('ProdEu', '333333333333', 'eu-west-1'),
      deployment('ProdUs', '333333333333', 'us-east-1'),
    ];
    const result = await renderPlan(planOf({ deployments }));
    const all: Template[] = Object.values(result.template().Resources);
    const projects = all.filter(({ Type }) => Type === 'AWS::CodeBuild::Project');
    expect(projects.filter((project) => JSON.stringify(project).includes('cdk-assets'))).toHaveLength(2);
    expect(assumeStatements(result, 'ProdEupublish').flatMap(({ Resource }) => Resource)).toEqual([
      role('file-publishing-role', '333333333333', 'eu-west-1'),
      role('file-publishing-role', '333333333333', 'us-east-1'),
    ]);
  });

  describe('images', () => {
    const deployment = (name: string, architecture?: 'x86_64' | 'arm64') => ({
      name,
      docker: true,
      stacks: [{ id: 'Api' }],
      ...(architecture === undefined ? {} : { architecture }),
    });
    const publishProjects = (result: RenderedFiles) =>
      Object.values<Template>(result.template().Resources)
        .filter((each) => each.Type === 'AWS::CodeBuild::Project' && JSON.stringify(each).includes('cdk-assets'))
        .map(({ Properties: { Environment, Source } }) => [
          Environment.Type,
          Environment.Image,
          Environment.PrivilegedMode,
          JSON.parse(Source.BuildSpec).phases.install['runtime-versions'],
        ]);
    const arm = ['ARM_CONTAINER', 'aws/codebuild/amazonlinux-aarch64-standard:3.0', true, { nodejs: '22' }];
    const x86 = ['LINUX_CONTAINER', 'aws/codebuild/standard:7.0', true, { nodejs: '22' }];

    it('of each architecture are built on a machine of it, which those of the account share', async () => {
      const deployments = [
        deployment('Own'),
        deployment('X86', 'x86_64'),
        deployment('Arm', 'arm64'),
        deployment('Arm2', 'arm64'),
      ];
      expect(publishProjects(await renderPlan(planOf({ deployments })))).toEqual([x86, arm]);
    });

    it('are built in the image that the defaults name, where it is for their architecture', async () => {
      const image = { name: 'acme/builder:1', architecture: 'arm64' } as const;
      const planned = planOf({ deployments: [deployment('Own'), deployment('Arm', 'arm64')] });
      const options = { codeBuildDefaults: { assets: { image } } };
      expect(publishProjects(await renderPlan(planned, { options }))).toEqual([
        ['ARM_CONTAINER', 'acme/builder:1', true, undefined],
      ]);
      expect(checkPlan(planned.plan, optionsSchema.parse(options))).toEqual([]);
    });

    it('for ARM are noted where AWS does not list ARM containers for the region', () => {
      const notesIn = (region: string) => {
        const { plan } = planOf({ deployments: [deployment('Arm', 'arm64')] });
        const pipeline = { ...plan.pipeline, env: { ...plan.pipeline.env, region } };
        return codepipeline.layOut?.({ ...plan, pipeline }, optionsSchema.parse({})).notes;
      };
      expect(notesIn('eu-west-1')).toEqual([]);
      expect(notesIn('eu-north-1')).toEqual([{ about: 'publishers', text: expect.stringContaining('eu-north-1') }]);
    });

    it.each([
      ['assets', 'aws/codebuild/standard:7.0', 'arm64'],
      ['all', 'acme/builder:1', 'arm64'],
      ['assets', 'aws/codebuild/amazonlinux-aarch64-standard:3.0', 'x86_64'],
    ] as const)('are refused where codeBuildDefaults.%s names %s for %s', (layer, image, architecture) => {
      const { plan } = planOf({ deployments: [deployment('Own'), deployment('Beta', architecture)] });
      expect(checkPlan(plan, optionsSchema.parse({ codeBuildDefaults: { [layer]: { image } } }))).toEqual([
        expect.objectContaining({
          code: 'PUBLISHER_ARCHITECTURE',
          message: expect.stringContaining(image),
          path: `backends.codepipeline.codeBuildDefaults.${layer}.image`,
          node: `Beta:publish/111111111111/eu-west-1`,
        }),
      ]);
    });
  });

  it.each([true, false])('is privileged only for images: %s', async (docker) => {
    const result = await renderPlan(planOf({ deployments: [{ name: 'Beta', stacks: [{ id: 'Api' }], docker }] }));
    expect(result.resource('AWS::CodeBuild::Project', 'Betapublish').Environment.PrivilegedMode).toBe(docker);
  });
});

describe('the self-update', () => {
  it("deploys the pipeline's stack from the assembly", async () => {
    const { stdout } = run(await renderPlan(planOf()), 'update');
    const [lock = '', ...lines] = stdout.trimEnd().split('\n');
    expect(JSON.parse(lock).packages['node_modules/aws-cdk']).toMatchObject({ version: '2.1148.1' });
    expect(lines).toEqual([
      expect.stringMatching(/^npm \[ci\] \[--ignore-scripts\]/),
      'cdk [--app] [.] [deploy] [orders-pipeline] [--require-approval] [never] [--progress] [events] [--ci]',
    ]);
  });

  describe('with a command that the project has installed', () => {
    const projectWith = (manifest: object) => {
      const projectDirectory = directory();
      mkdirSync(join(projectDirectory, 'node_modules/aws-cdk'), { recursive: true });
      writeFileSync(join(projectDirectory, 'node_modules/aws-cdk/package.json'), JSON.stringify(manifest));
      return projectDirectory;
    };

    // As aws-cdk 2.163.1, 2.1000.0 and 2.1148.1 are published.
    it.each([
      ['2.163.1', '^38.0.0', 38],
      ['2.1000.0', '^40.1.0', 40],
    ])('refuses aws-cdk %s, which could not read the assembly', async (version, schema, newest) => {
      const projectDirectory = projectWith({ version, devDependencies: { '@aws-cdk/cloud-assembly-schema': schema } });
      await expect(renderPlan(planOf(), { projectDirectory })).rejects.toMatchObject({
        code: 'CDK_CLI_TOO_OLD',
        source: 'user',
        message: expect.stringContaining(`aws-cdk ${version}, which reads cloud assemblies up to schema ${newest}`),
        fix: 'install a newer command in the project: npm install --save-dev aws-cdk@latest',
      });
    });

    it.each([
      ['2.1148.1', { '@aws-cdk/cloud-assembly-schema': '>=55.5.0' }],
      ['2.1200.0', {}],
    ])('runs aws-cdk %s', async (version, devDependencies) => {
      const projectDirectory = projectWith({ version, devDependencies });
      const { stdout } = run(await renderPlan(planOf(), { projectDirectory }), 'update');
      // The integrity of the second stands in no lock file.
      expect(stdout).toContain(version === '2.1148.1' ? `"aws-cdk":"${version}"` : `[aws-cdk@${version}]`);
    });
  });

  it('may assume exactly the roles that deploy the stacks of the pipeline', async () => {
    const env = { account: '333333333333', region: 'us-east-1' };
    const result = await renderPlan(planOf({ deployments: [{ name: 'Prod', env, stacks: [{ id: 'Api' }] }] }));
    expect(updateAssumes(result)).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: [
          role('deploy-role', '111111111111', 'us-east-1'),
          role('file-publishing-role', '111111111111', 'us-east-1'),
          role('deploy-role'),
          role('file-publishing-role'),
        ],
      },
    ]);
  });

  it('may publish images where it may run docker, as `customize` may add some to the stack', async () => {
    const options = { codeBuildDefaults: { all: { privileged: true } } };
    const roles = updateAssumes(await renderPlan(planOf(), { options })).flatMap(({ Resource }) => Resource);
    expect(roles).toEqual([role('deploy-role'), role('file-publishing-role'), role('image-publishing-role')]);
  });

  it('is not there when the definition wants none', async () => {
    const result = await renderPlan(planOf({ selfUpdate: false }), { options: { selfUpdate: false } });
    expect(Object.keys(result.stages)).toEqual(['Source', 'Build', 'Beta']);
  });
});

describe('the versions of tools', () => {
  it("are those of the project's lock file", async () => {
    const projectDirectory = directory();
    for (const [tool, version] of [
      ['aws-cdk', '2.1200.0'],
      ['cdk-assets', '4.9.9'],
    ] as const) {
      const file = join(projectDirectory, 'node_modules', tool, 'package.json');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify({ name: tool, version }));
    }
    const result = await renderPlan(planOf(), { projectDirectory });
    expect(run(result, 'update').stdout).toContain('aws-cdk@2.1200.0');
    expect(run(result, 'Betapublish').stdout).toContain('cdk-assets@4.9.9');
  });
});
