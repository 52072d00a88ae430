import { expect, test } from 'vitest';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { beta, problemsOf, registry, stacks, valid } from './definition.test.fixture.ts';
import { modelPipeline } from './model-pipeline.ts';

type Place = { readonly name: string; readonly constructPath?: string };

const model = (places: readonly Place[], constructPath?: string) => {
  const deployments = places.map((place) => ({ ...place, env: beta, stacks }));
  return modelPipeline(
    shapeDefinition({
      ...valid,
      ...(constructPath === undefined ? {} : { constructPath }),
      waves: [{ name: 'W', deployments }],
    }),
    registry,
  );
};
const codes = async (...args: Parameters<typeof model>) =>
  (await problemsOf(() => model(...args))).map(({ code, path }) => `${code} ${path}`);

test('the path of the definition holds for every deployment that has none of its own, and empty text is none', async () => {
  const places = [{ name: 'A' }, { name: 'B', constructPath: 'Other/Stack' }, { name: 'C', constructPath: '' }];
  const { pipeline } = await model(places, 'Pipeline');
  expect(pipeline.waves[0]?.deployments.map((deployment) => deployment.constructPath)).toEqual([
    'Pipeline',
    'Other/Stack',
    undefined,
  ]);
});

test('a stage inside the stage of another deployment is refused', async () => {
  expect(await codes([{ name: 'Prod' }, { name: 'Eu', constructPath: 'Prod/Regions' }])).toEqual([
    'CONSTRUCT_PATH_TAKEN waves[0].deployments[1].constructPath',
  ]);
  expect(await codes([{ name: 'Eu', constructPath: 'Prod' }, { name: 'Prod' }])).toEqual([
    'CONSTRUCT_PATH_TAKEN waves[0].deployments[0].constructPath',
  ]);
});

test('two stages whose assemblies CDK would write to one directory are refused', async () => {
  const places = [
    { name: 'B-C', constructPath: 'A' },
    { name: 'C', constructPath: 'A-B' },
  ];
  expect(await codes(places)).toEqual(['CONSTRUCT_PATH_TAKEN waves[0].deployments[1].constructPath']);
});

test('deployments may share a path', async () => {
  expect(await codes([{ name: 'A' }, { name: 'B' }], 'Pipeline')).toEqual([]);
});

test.each(['/A', 'A/', 'A//B', 'A/../B', '..', 'A\nB', 'ä'])('the path %j is refused with its place', async (path) => {
  expect(await codes([{ name: 'A', constructPath: path }])).toEqual([
    'VALUE_INVALID waves[0].deployments[0].constructPath',
  ]);
});
