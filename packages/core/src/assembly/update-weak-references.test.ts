import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  App,
  Stage as CdkStage,
  CfnOutput,
  CfnResource,
  CrossStackReferences,
  DefaultStackSynthesizer,
  Fn,
  type IStackSynthesizer,
  ReferenceStrength,
  Stack,
  type Stage,
} from 'aws-cdk-lib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beta, problemsOf, withDeployment } from '../modelling/definition.test.fixture.ts';
import { buildIn } from './build-assembly.test.fixture.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cdkpipe-weak-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

interface Names {
  /** Name of the topic in `Data`. */
  readonly topic?: string;
  readonly aside?: string;
}

const resource = (stack: Stack, id: string, properties: Record<string, unknown> = {}) =>
  new CfnResource(stack, id, { type: 'AWS::SNS::Topic', properties });

/** `Api` reads the topic of `Data`, in a resource; `Site` that of `Api`, in an output; `Alone` reads nothing. */
const shop =
  ({ topic = 'a', aside = 'a' }: Names = {}) =>
  (stage: Stage) => {
    const [data, api, site, alone] = ['Data', 'Api', 'Site', 'Alone'].map((id) => new Stack(stage, id)) as [
      Stack,
      Stack,
      Stack,
      Stack,
    ];
    const made = resource(data, 'Topic', { TopicName: topic });
    CrossStackReferences.of(made).produce(ReferenceStrength.WEAK);
    const reader = resource(api, 'Reader', { DisplayName: made.ref });
    resource(api, 'Other');
    CrossStackReferences.of(reader).produce(ReferenceStrength.WEAK);
    new CfnOutput(site, 'Name', { value: reader.ref });
    resource(site, 'Page');
    resource(alone, 'Aside', { TopicName: aside });
  };

type Stacks = (stage: Stage) => void;

/** Templates by stack, as `cdkpipe synth` leaves them. */
async function synthesized(stacks: Stacks, change: Record<string, unknown> = { updateWeakReferences: true }) {
  rmSync(join(directory, 'cdk.out'), { recursive: true, force: true });
  return read(await buildIn(directory, withDeployment({ stacks, ...change })));
}

/** The same from the assembly that another program wrote, which may not be written to. */
async function copied(stacks: Stacks, change: Record<string, unknown> = { updateWeakReferences: true }) {
  for (const each of ['cdk.out', 'app']) rmSync(join(directory, each), { recursive: true, force: true });
  const outdir = join(directory, 'app');
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  stacks(new CdkStage(app, 'Beta', { env: beta }));
  app.synth();
  for (const file of readdirSync(join(outdir, 'assembly-Beta'))) chmodSync(join(outdir, 'assembly-Beta', file), 0o444);
  return read(await buildIn(directory, withDeployment({ stacks: undefined, assembly: 'app', ...change })));
}

const routes = [
  ['built here', synthesized],
  ['of another program', copied],
] as const;

function read({ app, assembly, outdir }: Awaited<ReturnType<typeof buildIn>>) {
  app.synth();
  const stacks = assembly.deployments[0]?.stacks ?? [];
  const text = (file: string) => readFileSync(join(outdir, file), 'utf8');
  const entry = (id: string) => {
    const stack = stacks.find((each) => each.id === id || each.id.endsWith(`/${id}`));
    if (stack?.assetManifest === undefined) throw new Error(`no stack ${id}`);
    const manifest = JSON.parse(text(join(dirname(stack.templateFile), 'manifest.json')));
    return {
      text: text(stack.templateFile),
      template: JSON.parse(text(stack.templateFile)),
      assets: text(stack.assetManifest),
      url: String(manifest.artifacts[stack.artifactId].properties.stackTemplateAssetObjectUrl),
      targets: stack.assets.map(({ target }) => target),
    };
  };
  return entry;
}

const digests = (template: { Resources: Record<string, { Metadata?: Record<string, string> }> }) =>
  Object.fromEntries(
    Object.entries(template.Resources).flatMap(([id, { Metadata }]) =>
      Metadata?.['cdkpipe:reads'] === undefined ? [] : [[id, Metadata['cdkpipe:reads']]],
    ),
  );
const handles = (template: { Resources: object }) =>
  Object.entries(template.Resources).filter(([id]) => id.startsWith('CdkpipeReads'));

describe.each(routes)('with updateWeakReferences, of stacks %s,', (_title, build) => {
  test('a resource that reads an output is marked with a digest of the stack that makes it, and nothing else is', async () => {
    const entry = await build(shop());
    expect(digests(entry('Api').template)).toEqual({ Reader: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(handles(entry('Api').template)).toEqual([]);
    const [data, alone, { template }] = [entry('Data'), entry('Alone'), entry('Api')];
    const without = await build(shop(), {});
    expect([data, alone]).toEqual([without('Data'), without('Alone')]);
    delete template.Resources.Reader.Metadata['cdkpipe:reads'];
    const plain = without('Api').template;
    expect(template).toEqual({
      ...plain,
      Resources: { ...plain.Resources, Reader: { Metadata: {}, ...plain.Resources.Reader } },
    });
  });

  test('a stack that reads in an output gets a handle named by the digest, as an output has no metadata', async () => {
    const { template } = (await build(shop()))('Site');
    expect(handles(template)).toEqual([
      [expect.stringMatching(/^CdkpipeReads[0-9a-f]{16}$/), { Type: 'AWS::CloudFormation::WaitConditionHandle' }],
    ]);
    expect(digests(template)).toEqual({});
  });

  test('what reads changes with the stack that is read, also through another stack, and with no other', async () => {
    const first = await build(shop());
    const [api, site] = [first('Api').text, first('Site').text];
    const same = await build(shop({ aside: 'b' }));
    expect([same('Api').text, same('Site').text]).toEqual([api, site]);
    const changed = await build(shop({ topic: 'b' }));
    expect(changed('Api').text).not.toBe(api);
    expect(changed('Site').text).not.toBe(site);
  });

  test('the template is published under the hash of what it is now, and under no other', async () => {
    const before = (await build(shop(), {}))('Api');
    const after = (await build(shop()))('Api');
    const [old, next] = [before, after].map(({ text }) => createHash('sha256').update(text).digest('hex')) as [
      string,
      string,
    ];
    expect(next).not.toBe(old);
    expect(before.url).toContain(old);
    expect(after.url).toBe(before.url.replace(old, next));
    expect(JSON.parse(after.assets)).toEqual(JSON.parse(before.assets.replaceAll(old, next)));
    expect(after.targets).toEqual([expect.stringContaining(`/${next}.json`)]);
  });

  test('the same input gives the same bytes', async () => {
    const all = async () => ['Data', 'Api', 'Site', 'Alone'].map(await build(shop()));
    expect(await all()).toEqual(await all());
  });
});

test('without it, templates stay as the CDK writes them', async () => {
  const entry = await synthesized(shop(), {});
  for (const id of ['Api', 'Site']) expect(entry(id).text).not.toMatch(/cdkpipe/i);
});

test('a stack of an assembly inside the assembly is changed, too', async () => {
  const inner = (topic: string) => (stage: Stage) => shop({ topic })(new CdkStage(stage, 'Inner') as Stage);
  const entry = await synthesized(inner('a'));
  expect(entry('Api').text).toContain('cdkpipe:reads');
  expect(existsSync(join(directory, 'cdk.out/assembly-Beta/assembly-Beta-Inner/manifest.json'))).toBe(true);
});

test('stacks that read of each other are digested once', async () => {
  const stacks = (stage: Stage) => {
    for (const [own, other] of [
      ['A', 'B'],
      ['B', 'A'],
    ] as const) {
      const stack = new Stack(stage, own, { stackName: own });
      const value = { 'Fn::GetStackOutput': { StackName: other, OutputName: 'Name' } };
      new CfnOutput(stack, 'Name', { value: resource(stack, 'Topic', { DisplayName: value }).ref });
    }
  };
  const entry = await synthesized(stacks);
  expect(digests(entry('A').template).Topic).not.toBe(digests(entry('B').template).Topic);
});

test('a reference to a stack of no deployment is left alone, as nothing is known of that stack', async () => {
  const stacks = (stage: Stage) => {
    const value = { 'Fn::GetStackOutput': { StackName: 'Shared', OutputName: 'Name' } };
    resource(new Stack(stage, 'Api'), 'Reader', { DisplayName: value });
  };
  expect((await synthesized(stacks))('Api').text).not.toContain('cdkpipe:reads');
});

const full = (readsIn: 'output' | 'resource') => (stage: Stage) => {
  const [data, api] = [new Stack(stage, 'Data'), new Stack(stage, 'Api', { analyticsReporting: false })];
  new CfnOutput(data, 'Name', { value: resource(data, 'Topic').ref });
  const name = Fn.getStackOutput('Beta-Data', 'Name') as unknown as string;
  for (let i = 0; i < 500; i++) resource(api, `T${i}`, i === 0 && readsIn === 'resource' ? { DisplayName: name } : {});
  if (readsIn === 'output') new CfnOutput(api, 'Read', { value: name });
};

test('a stack that has all resources which CloudFormation allows is refused where one would be added', async () => {
  expect(await problemsOf(() => synthesized(full('output')))).toMatchObject([
    { code: 'UPDATES_NO_ROOM', path: expect.stringMatching(/deployments\[0\] \(stack .*Api\)$/) },
  ]);
  expect(digests((await synthesized(full('resource')))('Api').template)).toHaveProperty('T0');
});

test('a template that is published under a name of its own is refused, as the old one would stay there', async () => {
  class Fixed extends DefaultStackSynthesizer {
    override synthesize(session: Parameters<DefaultStackSynthesizer['synthesize']>[0]) {
      super.synthesize(session);
      for (const file of readdirSync(session.outdir).filter((each) => /Api.*\.assets\.json$/.test(each))) {
        const path = join(session.outdir, file);
        writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/"objectKey": "[^"]+"/g, '"objectKey": "api.json"'));
      }
    }
  }
  const stacks = (stage: Stage) => {
    const [data, api] = [
      new Stack(stage, 'Data'),
      new Stack(stage, 'Api', { synthesizer: new Fixed() as IStackSynthesizer }),
    ];
    new CfnOutput(data, 'Name', { value: resource(data, 'Topic').ref });
    resource(api, 'Reader', { DisplayName: Fn.getStackOutput('Beta-Data', 'Name') });
  };
  expect(await problemsOf(() => synthesized(stacks))).toMatchObject([
    { code: 'TEMPLATE_KEY_FIXED', message: expect.stringContaining('published as api.json') },
  ]);
});
