import { describe, expect, test } from 'vitest';
import { beta, stacks, valid } from '../modelling/definition.test.fixture.ts';
import { precursorsIn } from '../plan/graph.ts';
import type { PublishNode } from '../plan/node.ts';
import type { Plan } from '../plan/plan.ts';
import { edgesOf, fileAsset, planOf, stack } from './plan.test.fixture.ts';

const publishers = ({ nodes }: Plan) => nodes.filter((node): node is PublishNode => node.type === 'publish');
const twoStacks = [
  stack('Api', { assets: [fileAsset('code'), fileAsset('page'), fileAsset('image', { type: 'image' })] }),
  stack('Web', { assets: [fileAsset('page'), fileAsset('Web', { isTemplate: true })] }),
];
const publisher = 'Beta:publish/222222222222/eu-west-1';

test('together, one publisher uploads each target of an environment once', async () => {
  const [first, ...others] = publishers(await planOf(valid, twoStacks));
  expect(others).toEqual([]);
  expect(first).toMatchObject({ id: publisher, docker: true, manifests: ['Api.assets.json', 'Web.assets.json'] });
  expect(first?.assets).toEqual([
    { manifest: 'Api.assets.json', selector: 'code:here', type: 'file' },
    { manifest: 'Api.assets.json', selector: 'page:here', type: 'file' },
    { manifest: 'Api.assets.json', selector: 'image:here', type: 'image' },
    { manifest: 'Web.assets.json', selector: 'Web:here', type: 'file' },
  ]);
});

test('each asset has a publisher of its own, and nothing executes before all of them', async () => {
  const plan = await planOf(valid, twoStacks, { publish: 'each', preparesBeforePublishing: true });
  expect(publishers(plan).map(({ id, name, docker }) => [id, name, docker])).toEqual([
    [`${publisher}/File1`, 'Publish.222222222222.eu-west-1.File1', false],
    [`${publisher}/File2`, 'Publish.222222222222.eu-west-1.File2', false],
    [`${publisher}/Image1`, 'Publish.222222222222.eu-west-1.Image1', true],
  ]);
  const all = `${publisher}/File1, ${publisher}/File2, ${publisher}/Image1`;
  for (const id of ['Api', 'Web'])
    expect(edgesOf(plan)).toContain(`Beta/${id}:execute <- Beta/Api:prepare, Beta/Web:prepare, ${all}`);
});

test('the pipeline stays when only the content of assets changes', async () => {
  const namesOf = async (id: string) =>
    edgesOf(await planOf(valid, [stack('App', { assets: [fileAsset(id)] })], { publish: 'each' }));
  expect(await namesOf('old')).toEqual(await namesOf('new'));
});

test('no publisher is there for templates that the backend reads in the assembly', async () => {
  const app = [stack('App', { assets: [fileAsset('App', { isTemplate: true })] })];
  expect(publishers(await planOf(valid, app))).toHaveLength(1);
  const plan = await planOf(valid, app, { preparesBeforePublishing: true });
  expect(publishers(plan)).toEqual([]);
  expect(edgesOf(plan)).toContain('Beta/App:prepare <- update');
});

test('one target is uploaded once for each role, as roles belong to environments and bootstraps', async () => {
  const other = fileAsset('code', { roleArn: 'arn:aws:iam::222222222222:role/other' });
  const [only] = publishers(
    await planOf(
      { ...valid, waves: [{ name: 'Beta', deployments: ['A', 'B'].map((name) => ({ name, env: beta, stacks })) }] },
      {
        A: [stack('A', { assets: [fileAsset('code')] })],
        B: [stack('B', { assets: [other] })],
      },
    ),
  );
  expect(only?.assets.map(({ manifest }) => manifest)).toEqual(['A.assets.json', 'B.assets.json']);
  expect(only?.roleArns).toHaveLength(2);
});

const deployments = (names: readonly string[], prepare: unknown) => ({
  ...valid,
  waves: [{ name: 'Beta', deployments: names.map((name) => ({ name, env: beta, stacks, prepare })) }],
});

describe('a failed publisher leaves nothing half deployed', () => {
  const early = { preparesBeforePublishing: true };
  const bare = (id: string, dependencies: string[] = []) => stack(id, { assets: [], dependencies });

  test.each([true, false])('as stacks without assets wait, too (preparesBeforePublishing: %s)', async (can) => {
    const app = [bare('Data'), stack('Api', { dependencies: ['Data'] })];
    const plan = await planOf(deployments(['Beta'], false), app, { preparesBeforePublishing: can });
    expect(edgesOf(plan)).toContain(`Beta/Data:execute <- update, ${publisher}`);
  });

  test('as a deployment without assets waits for the publishers of its wave', async () => {
    const plan = await planOf(
      deployments(['Plain', 'Beta'], false),
      { Plain: [bare('Data'), bare('Api', ['Data'])], Beta: [stack('App')] },
      early,
    );
    expect(edgesOf(plan)).toContain(`Plain/Data:execute <- update, ${publisher}`);
    expect(edgesOf(plan)).toContain('Plain/Api:execute <- update, Plain/Data:execute');
  });

  test.each(['all', 'each', undefined, false])('however change sets are made (%s)', async (prepare) => {
    const app = [
      bare('Network'),
      stack('Data', { assets: [fileAsset('a'), fileAsset('b', { type: 'image', platform: 'linux/arm64' })] }),
      stack('Api', { dependencies: ['Network', 'Data'], preparesFromAssets: true }),
      stack('Web', {
        dependencies: ['Api'],
        // With all change sets first, a stack cannot need a value of another.
        imports: prepare === 'all' ? [] : [{ stack: 'Api', kind: 'export', value: 'Url', readAt: 'prepare' }],
      }),
    ];
    for (const publish of ['together', 'each'] as const) {
      const plan = await planOf(deployments(['A', 'B'], prepare), app, {
        ...early,
        publish,
        imageArchitectures: ['x86_64', 'arm64'],
      });
      const executes = plan.nodes.filter(({ type }) => type === 'execute');
      expect(executes).toHaveLength(8);
      expect(publishers(plan).length).toBeGreaterThan(0);
      for (const execute of executes)
        for (const { id } of publishers(plan))
          expect(precursorsIn(plan.nodes)(execute.id).has(id), `${id}, ${execute.id}`).toBe(true);
    }
  });
});

describe('images', () => {
  const both = { imageArchitectures: ['x86_64', 'arm64'] } as const;
  const image = (id: string, platform?: string) =>
    fileAsset(id, { type: 'image', ...(platform === undefined ? {} : { platform }) });
  const built = async (assets: ReturnType<typeof fileAsset>[], can: Parameters<typeof planOf>[2] = both) =>
    publishers(await planOf(valid, [stack('App', { assets })], can)).map(({ id, name, architecture, assets }) => [
      id.replace(publisher, ''),
      name.replace('Publish.222222222222.eu-west-1', ''),
      architecture,
      assets.map(({ selector }) => selector.replace(':here', '')).join(' '),
    ]);

  test('of one architecture go with the files of their environment', async () => {
    expect(await built([fileAsset('page'), image('api', 'linux/arm64')])).toEqual([
      ['/arm64', '.arm64', 'arm64', 'page api'],
    ]);
    expect(await built([image('api', 'linux/amd64'), fileAsset('page')])).toEqual([['', '', 'x86_64', 'api page']]);
    expect(await built([image('api'), fileAsset('page')])).toEqual([['', '', undefined, 'api page']]);
    expect(await built([fileAsset('page')])).toEqual([['', '', undefined, 'page']]);
  });

  test('of two architectures have a publisher each, whatever the order', async () => {
    const arm = image('arm', 'linux/arm64/v8');
    expect(await built([fileAsset('page'), arm, image('own'), image('x86', 'linux/amd64')])).toEqual([
      ['', '', 'x86_64', 'page own x86'],
      ['/arm64', '.arm64', 'arm64', 'arm'],
    ]);
    expect(await built([arm, image('own')])).toEqual([
      ['/arm64', '.arm64', 'arm64', 'arm'],
      ['', '', undefined, 'own'],
    ]);
  });

  test('without a platform are built on the first architecture of the backend', async () => {
    expect(
      await built([image('own'), image('arm', 'arm64'), image('x86', 'linux/amd64')], {
        imageArchitectures: ['arm64', 'x86_64'],
      }),
    ).toEqual([
      ['', '', 'arm64', 'own arm'],
      ['/x86_64', '.x86_64', 'x86_64', 'x86'],
    ]);
  });

  test('on their own say their architecture', async () => {
    expect(
      await built([fileAsset('page'), image('arm', 'linux/arm64'), image('own')], { ...both, publish: 'each' }),
    ).toEqual([
      ['/File1', '.File1', undefined, 'page'],
      ['/Image1', '.Image1', 'arm64', 'arm'],
      ['/Image2', '.Image2', undefined, 'own'],
    ]);
  });

  test('share a publisher where one machine builds for every platform', async () => {
    expect(await built([image('arm', 'linux/arm64'), image('other', 'windows/amd64')], {})).toEqual([
      ['', '', undefined, 'arm other'],
    ]);
  });

  test.each(['linux', 'linux/amd64', 'LINUX/x86_64', 'amd64', 'linux/arm64', 'linux/aarch64', 'linux/arm64/v8'])(
    'for %s are built',
    async (platform) => expect(await built([image('api', platform)])).toHaveLength(1),
  );

  test.each(['windows/amd64', 'windows', 'linux/386', 'linux/arm/v7', 'linux/ppc64le', 'linux/amd64/v3', ''])(
    'for "%s" are refused, with those that are supported',
    async (platform) => {
      await expect(built([image('api', platform)])).rejects.toMatchObject({
        problems: [
          {
            code: 'IMAGE_PLATFORM_UNSUPPORTED',
            message: expect.stringContaining(`"Beta/App" is for the platform "${platform}"`),
            path: 'waves[0].deployments[0]',
            fix: expect.stringContaining('linux/amd64, linux/arm64'),
          },
        ],
      });
    },
  );

  test('for several platforms at once are refused', async () => {
    await expect(built([image('api', 'linux/amd64,linux/arm64')])).rejects.toMatchObject({
      problems: [{ code: 'IMAGE_PLATFORMS_SEVERAL' }],
    });
  });
});
