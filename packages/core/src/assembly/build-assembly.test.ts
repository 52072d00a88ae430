import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  Stage as CdkStage,
  CfnOutput,
  CfnParameter,
  CfnResource,
  DefaultStackSynthesizer,
  Fn,
  type IStackSynthesizer,
  LegacyStackSynthesizer,
  NestedStack,
  Stack,
  type Stage,
  Validations,
} from 'aws-cdk-lib';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { beta, problemsOf, valid, withDeployment } from '../modelling/definition.test.fixture.ts';
import { buildIn, networkAndApi } from './build-assembly.test.fixture.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-assembly-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const build = (value: unknown, allowMissingContext = false) => buildIn(directory, value, { allowMissingContext });

test('stacks are read in the order of their dependencies, with what they need of each other', async () => {
  const { assembly } = await build(withDeployment({ stacks: networkAndApi }));
  const [deployment] = assembly.deployments;
  expect(deployment?.stacks.map(({ id }) => id)).toEqual(['Network', 'Api']);
  expect(deployment?.stacks[1]).toMatchObject({
    stackName: 'Beta-Api',
    env: beta,
    templateFile: expect.stringMatching(/^assembly-Beta\/.+\.template\.json$/),
    dependencies: ['Network'],
    imports: [{ stack: 'Network', value: expect.stringMatching(/^Beta-Network:ExportsOutput/) }],
    outputs: ['Url'],
    tags: { team: 'orders' },
    deployRoleArn: 'arn:${AWS::Partition}:iam::222222222222:role/cdk-hnb659fds-deploy-role-222222222222-eu-west-1',
    lookupRoleArn: 'arn:${AWS::Partition}:iam::222222222222:role/cdk-hnb659fds-lookup-role-222222222222-eu-west-1',
    publishingRoleArns: [
      'arn:${AWS::Partition}:iam::222222222222:role/cdk-hnb659fds-file-publishing-role-222222222222-eu-west-1',
    ],
  });
});

test('a stack waits for another whose export it imports by name, unless that one waits for it', async () => {
  const stacks = (other: (a: Stack, b: Stack) => void) => (stage: Stage) => {
    const importing = new Stack(stage, 'A');
    const exporting = new Stack(stage, 'B');
    exporting.exportValue('x', { name: 'legacy' });
    new CfnOutput(importing, 'Imported', { value: Fn.importValue('legacy') });
    other(importing, exporting);
  };
  const ordered = async (other: (a: Stack, b: Stack) => void) => {
    const { assembly } = await build(withDeployment({ stacks: stacks(other) }));
    return assembly.deployments[0]?.stacks.map(({ id, dependencies }) => [id, ...dependencies]);
  };
  expect(await ordered(() => {})).toEqual([['B'], ['A', 'B']]);
  expect(await ordered((a, b) => b.addDependency(a))).toEqual([['A'], ['B', 'A']]);
});

test('an export of another region is not the one that a stack imports', async () => {
  const stacks = (stage: Stage) => {
    const far = new Stack(stage, 'Far', { env: { account: beta.account, region: 'us-east-1' } });
    far.exportValue('x', { name: 'legacy' });
    new CfnOutput(new Stack(stage, 'Api'), 'Imported', { value: Fn.importValue('legacy') });
  };
  const { assembly } = await build(withDeployment({ stacks }));
  const api = assembly.deployments[0]?.stacks.find(({ id }) => id === 'Api');
  expect(api).toMatchObject({ imports: [], dependencies: [] });
});

test('external IDs of the roles that deploy and look up are read', async () => {
  const stacks = (stage: Stage) => {
    const ids = { deployRoleExternalId: 'deployer', lookupRoleExternalId: 'reader' };
    // The CDK's own types disagree under our strictness.
    const synthesizer = new DefaultStackSynthesizer(ids) as IStackSynthesizer;
    new CfnResource(new Stack(stage, 'Api', { synthesizer }), 'Queue', { type: 'AWS::SQS::Queue' });
  };
  const { assembly } = await build(withDeployment({ stacks }));
  expect(assembly.deployments[0]?.stacks).toMatchObject([{ deployExternalId: 'deployer', lookupExternalId: 'reader' }]);
});

test('what else STS is told for roles of a stack is read by name, and who publishes with session tags', async () => {
  const tagged = { Tags: [{ Key: 'team', Value: 'orders' }] };
  const stacks = (stage: Stage) => {
    const synthesizer = new DefaultStackSynthesizer({
      deployRoleAdditionalOptions: tagged,
      lookupRoleAdditionalOptions: { TransitiveTagKeys: ['team'] },
      fileAssetPublishingRoleAdditionalOptions: tagged,
    } as never) as IStackSynthesizer;
    new CfnResource(new Stack(stage, 'Api', { synthesizer }), 'Queue', { type: 'AWS::SQS::Queue' });
    new CfnResource(new Stack(stage, 'Plain'), 'Queue', { type: 'AWS::SQS::Queue' });
  };
  const [api, plain] = (await build(withDeployment({ stacks }))).assembly.deployments[0]?.stacks ?? [];
  expect(api).toMatchObject({ deployRoleOptions: ['Tags'], lookupRoleOptions: ['TransitiveTagKeys'] });
  expect(api?.assets).toMatchObject([{ tagsSession: true }]);
  expect(plain).not.toHaveProperty('deployRoleOptions');
  expect(plain).not.toHaveProperty('lookupRoleOptions');
  expect(plain?.assets[0]).not.toHaveProperty('tagsSession');
});

test('parameters are read: the values that the assembly gives, and those that nobody gives one', async () => {
  const stacks = (stage: Stage) => {
    const api = new Stack(stage, 'Api');
    new CfnParameter(api, 'Size');
    new CfnParameter(api, 'Empty', { default: '' });
    new CfnParameter(api, 'Image', { type: 'AWS::SSM::Parameter::Value<String>' });
    new CfnResource(new Stack(stage, 'Plain'), 'Queue', { type: 'AWS::SQS::Queue' });
  };
  const { assembly, outdir } = await build(withDeployment({ stacks }));
  const [api, plain] = assembly.deployments[0]?.stacks ?? [];
  expect(api).toMatchObject({ openParameters: ['Size', 'Image'] });
  expect(plain).not.toHaveProperty('openParameters');
  expect(plain).not.toHaveProperty('parameters');

  const other = join(directory, 'other');
  cpSync(join(outdir, 'assembly-Beta'), other, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(other, 'manifest.json'), 'utf8'));
  manifest.artifacts[api?.artifactId ?? ''].properties.parameters = { Size: 'small' };
  writeFileSync(join(other, 'manifest.json'), JSON.stringify(manifest));
  rmSync(outdir, { recursive: true });
  const read = (await build(withDeployment({ stacks: undefined, assembly: 'other' }))).assembly.deployments[0]?.stacks;
  expect(read?.[0]).toMatchObject({ parameters: { Size: 'small' }, openParameters: ['Image'] });
});

test('termination protection stays what the stack says, for whoever deploys the assembly by hand', async () => {
  const stacks = (stage: Stage) => {
    for (const terminationProtection of [true, false])
      new CfnResource(new Stack(stage, `P${terminationProtection}`, { terminationProtection }), 'Queue', {
        type: 'AWS::SQS::Queue',
      });
  };
  const { outdir } = await build(withDeployment({ stacks }));
  const { artifacts } = JSON.parse(readFileSync(join(outdir, 'assembly-Beta', 'manifest.json'), 'utf8'));
  const properties = (stack: string) =>
    Object.entries<{ properties: object }>(artifacts).find(
      ([id]) => id.startsWith(`Beta${stack}`) && !id.includes('.'),
    )?.[1].properties;
  expect(properties('Ptrue')).toMatchObject({ terminationProtection: true });
  expect(properties('Pfalse')).not.toMatchObject({ terminationProtection: true });
});

test('a stack whose change set reads assets says so', async () => {
  const stacks = (stage: Stage) => {
    new CfnResource(new Stack(stage, 'Flat'), 'Queue', { type: 'AWS::SQS::Queue' });
    const inner = new NestedStack(new Stack(stage, 'Outer'), 'Inner');
    new CfnResource(inner, 'Queue', { type: 'AWS::SQS::Queue' });
  };
  const { assembly } = await build(withDeployment({ stacks }));
  expect(assembly.deployments[0]?.stacks.map(({ id, preparesFromAssets }) => [id, preparesFromAssets])).toEqual([
    ['Flat', undefined],
    ['Outer', true],
  ]);
});

test('the assets of a stack are listed with their roles, and its own template is told from others', async () => {
  const context = mkdtempSync(join(tmpdir(), 'cdkpipe-image-'));
  onTestFinished(() => rmSync(context, { recursive: true, force: true }));
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch');
  const stacks = (stage: Stage) => {
    const api = new Stack(stage, 'Api');
    new Asset(api, 'File', { path: import.meta.filename });
    new DockerImageAsset(api, 'Image', { directory: context, platform: Platform.LINUX_ARM64 });
    new NestedStack(api, 'Nested');
  };
  const { assembly } = await build(withDeployment({ stacks }));
  const [stack] = assembly.deployments[0]?.stacks ?? [];
  const role = (what: string) =>
    `arn:\${AWS::Partition}:iam::222222222222:role/cdk-hnb659fds-${what}-publishing-role-222222222222-eu-west-1`;
  expect(stack?.assets.filter(({ isTemplate }) => isTemplate)).toHaveLength(1);
  expect(stack?.assets.filter(({ isTemplate }) => !isTemplate)).toEqual([
    expect.objectContaining({ type: 'file', roleArn: role('file') }),
    expect.objectContaining({ type: 'file', roleArn: role('file') }),
    expect.objectContaining({
      type: 'image',
      target: expect.stringMatching(/:[0-9a-f]{64}$/),
      platform: 'linux/arm64',
      roleArn: role('image'),
    }),
  ]);
  expect(stack?.hasDockerAssets).toBe(true);
  expect(stack?.publishingRoleArns).toEqual([role('file'), role('image')]);
});

test('`order` adds "before" to what the CDK knows', async () => {
  const stacks = (stage: Stage) => ['A', 'B', 'C'].forEach((id) => void new Stack(stage, id));
  const { assembly } = await build(withDeployment({ stacks, order: [['C', 'B', 'A']] }));
  expect(assembly.deployments[0]?.stacks.map(({ id, dependencies }) => [id, dependencies])).toEqual([
    ['C', []],
    ['B', ['C']],
    ['A', ['B']],
  ]);
});

test('builders may be asynchronous', async () => {
  const stacks = async (stage: Stage) => {
    await Promise.resolve();
    new Stack(stage, 'Late');
  };
  const { assembly } = await build(withDeployment({ stacks }));
  expect(assembly.deployments[0]?.stacks.map(({ id }) => id)).toEqual(['Late']);
});

describe('an assembly that another program wrote', () => {
  const written = (): string => {
    const app = new App({ outdir: join(directory, 'other.out') });
    new Stack(app, 'Foreign', { env: beta });
    return app.synth().directory;
  };

  test('is laid into ours and read like our own', async () => {
    const { assembly, outdir, app } = await build(withDeployment({ stacks: undefined, assembly: written() }));
    expect(assembly.deployments[0]?.stacks).toMatchObject([
      { id: 'Foreign', stackName: 'Foreign', templateFile: 'assembly-Beta/Foreign.template.json' },
    ]);
    app.synth();
    expect(existsSync(join(outdir, 'assembly-Beta', 'Foreign.template.json'))).toBe(true);
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    expect(manifest.artifacts['assembly-Beta']).toEqual({
      type: 'cdk:cloud-assembly',
      properties: { directoryName: 'assembly-Beta', displayName: 'Beta' },
    });
  });

  test('may hold assemblies of its own, whose stacks, templates and assets are found where they lie', async () => {
    const app = new App({ outdir: join(directory, 'other.out') });
    const inner = new Stack(new CdkStage(app, 'Inner'), 'Foreign', { env: beta, terminationProtection: true });
    new Asset(inner, 'File', { path: import.meta.filename });
    const { assembly, outdir } = await build(withDeployment({ stacks: undefined, assembly: app.synth().directory }));
    const [stack] = assembly.deployments[0]?.stacks ?? [];
    expect(stack).toMatchObject({ id: 'Inner/Foreign', stackName: 'Inner-Foreign' });
    expect(stack?.templateFile).toMatch(/^assembly-Beta\/assembly-Inner\/.+\.template\.json$/);
    expect(stack?.assets.map(({ isTemplate }) => isTemplate).toSorted()).toEqual([false, true]);
    for (const file of [stack?.templateFile, stack?.assetManifest])
      expect(existsSync(join(outdir, file ?? 'nowhere')), file).toBe(true);
  });

  test('shows its stacks under the name of the deployment, as `cdk ls` lists those of a stage', async () => {
    const app = new App({ outdir: join(directory, 'other.out') });
    new Stack(app, 'Foreign', { env: beta });
    new Stack(new CdkStage(app, 'Inner'), 'Api', { env: beta });
    const from = app.synth().directory;
    const { app: built } = await build(withDeployment({ stacks: undefined, assembly: from }));
    expect(built.synth().stacksRecursively.map(({ hierarchicalId }) => hierarchicalId)).toEqual([
      'Beta/Foreign',
      'Beta/Inner/Api',
    ]);
  });

  test('keeps the names of stacks where it is that of a stage called like the deployment', async () => {
    const app = new App({ outdir: join(directory, 'other.out') });
    const stage = new CdkStage(app, 'Beta');
    new Stack(stage, 'Api', { env: beta });
    app.synth();
    const from = join(directory, 'other.out', stage.artifactId);
    const { app: built, assembly } = await build(withDeployment({ stacks: undefined, assembly: from }));
    expect(built.synth().stacksRecursively.map(({ hierarchicalId }) => hierarchicalId)).toEqual(['Beta/Api']);
    expect(assembly.deployments[0]?.stacks.map(({ id }) => id)).toEqual(['Api']);
  });

  test('is refused when there is none', async () => {
    expect(await problemsOf(() => build(withDeployment({ stacks: undefined, assembly: 'nowhere' })))).toEqual([
      expect.objectContaining({ code: 'ASSEMBLY_UNREADABLE', path: 'waves[0].deployments[0].assembly' }),
    ]);
  });

  test('is refused when it was made for another environment than that of the deployment', async () => {
    const app = new App({ outdir: join(directory, 'other.out') });
    new Stack(app, 'Foreign', { env: { account: '333333333333', region: 'us-east-1' } });
    const assembly = app.synth().directory;
    expect(await problemsOf(() => build(withDeployment({ stacks: undefined, assembly })))).toEqual([
      expect.objectContaining({
        code: 'ASSEMBLY_ELSEWHERE',
        path: 'waves[0].deployments[0].env',
        message: expect.stringContaining('go to 333333333333/us-east-1'),
      }),
    ]);
  });

  test('whose stacks do not say where they go gets the environment of the deployment, and keeps its templates', async () => {
    const app = new App({ outdir: join(directory, 'other.out') });
    const anywhere = new Stack(app, 'Anywhere');
    new Asset(anywhere, 'File', { path: import.meta.filename });
    new Stack(app, 'Near', { env: { region: beta.region } }).addDependency(anywhere);
    const from = app.synth().directory;
    const { assembly, outdir } = await build(withDeployment({ stacks: undefined, assembly: from }));
    const [stack, near] = assembly.deployments[0]?.stacks ?? [];
    expect([stack?.env, near?.env]).toEqual([beta, beta]);
    expect(stack?.deployRoleArn).toContain(
      `${beta.account}:role/cdk-hnb659fds-deploy-role-${beta.account}-${beta.region}`,
    );
    expect(stack?.assets.map(({ target }) => target.split('/').slice(0, 2))).toEqual([
      [beta.region, `cdk-hnb659fds-assets-${beta.account}-${beta.region}`],
      [beta.region, `cdk-hnb659fds-assets-${beta.account}-${beta.region}`],
    ]);
    for (const file of ['manifest.json', 'Anywhere.assets.json'])
      expect(readFileSync(join(outdir, 'assembly-Beta', file), 'utf8')).not.toMatch(
        /AWS::(?:AccountId|Region)|unknown-/,
      );
    for (const file of ['Anywhere.template.json', 'Near.template.json'])
      expect(readFileSync(join(outdir, 'assembly-Beta', file))).toEqual(readFileSync(join(from, file)));
  });

  test('is refused when the half that its stacks say is that of another place', async () => {
    const app = new App({ outdir: join(directory, 'other.out') });
    new Stack(app, 'Anywhere', { env: { account: '333333333333' } });
    const assembly = app.synth().directory;
    expect(await problemsOf(() => build(withDeployment({ stacks: undefined, assembly })))).toEqual([
      expect.objectContaining({ code: 'STACK_WITHOUT_ENVIRONMENT', message: expect.stringContaining('"Anywhere"') }),
    ]);
  });

  describe('of which a deployment names stacks', () => {
    const several = (): string => {
      const app = new App({ outdir: join(directory, 'other.out') });
      const data = new Stack(app, 'Data', { env: beta });
      new Stack(app, 'Api', { env: beta }).addDependency(data);
      const other = new Stack(app, 'Other', { env: { account: '333333333333', region: beta.region } });
      new Asset(other, 'File', { path: import.meta.filename });
      new Stack(new CdkStage(app, 'Inner'), 'Deep', { env: beta });
      new Stack(new CdkStage(app, 'Left'), 'Deep', { env: beta });
      return app.synth().directory;
    };
    const only = (...stacks: string[]) =>
      build(withDeployment({ stacks: undefined, assembly: { directory: several(), stacks } }));

    test('has these, and nothing of the others', async () => {
      const { assembly, outdir } = await only('Data', 'Api', 'Inner/Deep');
      expect(assembly.deployments[0]?.stacks.map(({ id }) => id).toSorted()).toEqual(['Api', 'Data', 'Inner/Deep']);
      const found = readdirSync(join(outdir, 'assembly-Beta'), { recursive: true }).map(String);
      expect(found.filter((file) => /\.(?:template|assets)\.json$/.test(file)).toSorted()).toEqual([
        'Api.assets.json',
        'Api.template.json',
        'Data.assets.json',
        'Data.template.json',
        'assembly-Inner/InnerDeep5936500A.assets.json',
        'assembly-Inner/InnerDeep5936500A.template.json',
      ]);
    });

    test('is refused without a stack that one of them depends on, and for one that is not there', async () => {
      expect(await problemsOf(() => only('Api'))).toEqual([
        expect.objectContaining({ code: 'ASSEMBLY_STACK_NEEDED', fix: 'add "Data" to the stacks' }),
      ]);
      expect(await problemsOf(() => only('Dta'))).toEqual([
        expect.objectContaining({ code: 'ASSEMBLY_STACK_UNKNOWN', fix: expect.stringContaining('Data') }),
      ]);
    });
  });
});

const at = 'waves[0].deployments[0]';
const two = (stage: Stage) => ['A', 'B'].forEach((id) => void new Stack(stage, id));

describe('an assembly is refused for', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a deployment without stacks', { stacks: () => {} }, { code: 'DEPLOYMENT_EMPTY', path: at }],
    [
      'stacks that throw',
      {
        stacks: () => {
          throw new Error('no such table');
        },
      },
      { code: 'STACKS_FAILED', path: `${at}.stacks`, message: expect.stringContaining('no such table') },
    ],
    [
      'constructs that do not validate',
      { stacks: (stage: Stage) => void new Stack(stage, 'A').node.addValidation({ validate: () => ['too small'] }) },
      { code: 'SYNTHESIS_FAILED', path: at, message: expect.stringContaining('too small') },
    ],
    [
      'a stack that `order` does not know',
      { stacks: two, order: [['A', 'Bb']] },
      { code: 'ORDER_STACK_UNKNOWN', path: `${at}.order[0][1]`, fix: 'did you mean "B" or "A"?' },
    ],
    [
      'a cycle in `order`, named by full paths',
      {
        stacks: two,
        order: [
          ['A', 'B'],
          ['B', 'A'],
        ],
      },
      {
        code: 'ORDER_CYCLE',
        path: `${at}.order`,
        message: expect.stringContaining('Beta/A before Beta/B before Beta/A'),
      },
    ],
    [
      'legacy assets',
      {
        stacks: (stage: Stage) => {
          const stack = new Stack(stage, 'Old', { synthesizer: new LegacyStackSynthesizer() as IStackSynthesizer });
          stack.synthesizer.addFileAsset({
            fileName: import.meta.filename,
            packaging: 'file' as never,
            sourceHash: 'abc',
          });
        },
      },
      { code: 'LEGACY_ASSETS', message: expect.stringContaining('"Old"') },
    ],
  ])('%s', async (_, change, problem) => {
    expect(await problemsOf(() => build(withDeployment(change)))).toEqual([expect.objectContaining(problem)]);
  });

  test.each([
    ['250 outputs', 'outputs', 200, (stack: Stack, at: number) => new CfnOutput(stack, `Output${at}`, { value: 'x' })],
    ['51 tags', 'tags', 50, (stack: Stack, at: number) => stack.tags.setTag(`tag${at}`, 'x')],
  ] as const)('a stack of more than CloudFormation takes: %s', async (title, what, most, add) => {
    const count = Number.parseInt(title, 10);
    const stacks = (stage: Stage) => {
      const stack = new Stack(stage, 'Api');
      for (let at = 0; at < most; at += 1) add(stack, at);
      if (tooMuch) for (let at = most; at < count; at += 1) add(stack, at);
    };
    let tooMuch = false;
    await build(withDeployment({ stacks }));
    rmSync(join(directory, 'cdk.out'), { recursive: true });
    tooMuch = true;
    expect(await problemsOf(() => build(withDeployment({ stacks })))).toEqual([
      expect.objectContaining({
        code: 'STACK_TOO_LARGE',
        message: `the stack "Api" has ${count} ${what}, ${count - most} more than the most CloudFormation takes, ${most}`,
      }),
    ]);
  });

  test('two deployments that own one stack', async () => {
    const stacks = (stage: Stage) => void new Stack(stage, 'A', { stackName: 'shared' });
    const waves = ['One', 'Two'].map((name) => ({ name, deployments: [{ name, env: beta, stacks }] }));
    expect(await problemsOf(() => build({ ...valid, waves }))).toEqual([
      expect.objectContaining({
        code: 'STACK_NAME_TAKEN',
        path: 'waves[1].deployments[0]',
        message: expect.stringContaining('"One"'),
      }),
    ]);
  });

  test('faults of all deployments at once', async () => {
    const fails = (text: string) => () => {
      throw new Error(text);
    };
    const waves = ['One', 'Two'].map((name) => ({ name, deployments: [{ name, env: beta, stacks: fails(name) }] }));
    expect((await problemsOf(() => build({ ...valid, waves }))).map(({ path }) => path)).toEqual([
      'waves[0].deployments[0].stacks',
      'waves[1].deployments[0].stacks',
    ]);
  });
});

describe('context that has not been looked up', () => {
  const stacks = (stage: Stage) => {
    const stack = new Stack(stage, 'A');
    stack.node.addMetadata('zones', stack.availabilityZones.join());
  };

  test('is refused, with the look-ups and the command that fills them', async () => {
    expect(await problemsOf(() => build(withDeployment({ stacks })))).toEqual([
      expect.objectContaining({
        code: 'CONTEXT_MISSING',
        message: expect.stringContaining('availability-zones:account=222222222222:region=eu-west-1'),
        fix: expect.stringContaining('npx cdk synth'),
      }),
    ]);
  });

  test('is left in the manifest when the cdk CLI reads it', async () => {
    const { app } = await build(withDeployment({ stacks }), true);
    expect(app.synth().manifest.missing).toMatchObject([{ provider: 'availability-zones' }]);
  });
});

test('rules that an author has acknowledged are read with the resources they hold for', async () => {
  const stacks = (stage: Stage) => {
    const stack = new Stack(stage, 'Shop');
    const bucket = new CfnResource(stack, 'Bucket', { type: 'AWS::S3::Bucket' });
    new CfnResource(stack, 'Other', { type: 'AWS::S3::Bucket' });
    Validations.of(bucket).acknowledge({ id: 'CloudFormation-Validate::W1001', reason: 'known' });
    Validations.of(stack).acknowledge({ id: 'CloudFormation-Validate::W2002', reason: 'known' });
  };
  const { assembly } = await build(withDeployment({ stacks }));
  expect(assembly.deployments[0]?.stacks[0]?.acknowledgedRules).toEqual(
    expect.arrayContaining([{ rule: 'W1001', resource: 'Bucket' }, { rule: 'W2002' }]),
  );
});
