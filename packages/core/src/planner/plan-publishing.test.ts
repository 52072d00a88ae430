import { expect, test } from 'vitest';
import { beta, stacks, valid } from '../config/definition.test.fixture.ts';
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

test('each asset has a publisher of its own, and a stack waits for those it needs', async () => {
  const plan = await planOf(valid, twoStacks, { publish: 'each', preparesBeforePublishing: true });
  expect(publishers(plan).map(({ id, name, docker }) => [id, name, docker])).toEqual([
    [`${publisher}/File1`, 'Publish.222222222222.eu-west-1.File1', false],
    [`${publisher}/File2`, 'Publish.222222222222.eu-west-1.File2', false],
    [`${publisher}/Image1`, 'Publish.222222222222.eu-west-1.Image1', true],
  ]);
  expect(edgesOf(plan)).toContain(`Beta/Web:execute <- Beta/Api:prepare, Beta/Web:prepare, ${publisher}/File2`);
  expect(edgesOf(plan)).toContain(
    `Beta/Api:execute <- Beta/Api:prepare, Beta/Web:prepare, ${publisher}/File1, ${publisher}/File2, ${publisher}/Image1`,
  );
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
