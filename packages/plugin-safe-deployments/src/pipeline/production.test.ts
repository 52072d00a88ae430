import { modelOf, type WaveSketch } from '@cdkpipe/testkit';
import { expect, test } from 'vitest';
import { type Production, productionIn } from './production.ts';

const rule = 'safe-deployments/one-box-first';
const env = { account: '333333333333', region: 'eu-west-1' };

async function found(waves: readonly WaveSketch[], production?: Production) {
  return productionIn(await modelOf({ waves }), production, rule).map(({ wave, deployments, isLast }) => [
    wave.name,
    deployments.map(({ name }) => name).join(' '),
    isLast,
  ]);
}

test('by default, names of waves and deployments say what is production', async () => {
  const waves = [
    { name: 'Beta', deployments: [{ name: 'PreProd' }, { name: 'NonProdEu' }, { name: 'Gamma' }] },
    { name: 'Mixed', deployments: [{ name: 'Test' }, { name: 'eu-prod' }] },
    { name: 'Production', deployments: [{ name: 'Us' }, { name: 'Eu' }] },
  ];
  expect(await found(waves)).toEqual([
    ['Mixed', 'eu-prod', false],
    ['Production', 'Us Eu', true],
  ]);
});

test('where no name says so, it is the last wave', async () => {
  const waves = [
    { name: 'One', deployments: [{ name: 'A' }] },
    { name: 'Two', deployments: [{ name: 'B' }] },
  ];
  expect(await found(waves)).toEqual([['Two', 'B', true]]);
});

test('what the options name takes the place of what names say', async () => {
  const waves = [
    { name: 'One', deployments: [{ name: 'A', env }, { name: 'B' }] },
    { name: 'Two', deployments: [{ name: 'C' }] },
    { name: 'Prod', deployments: [{ name: 'Prod' }] },
  ];
  expect(await found(waves, { accounts: ['333333333333'], waves: ['Two'] })).toEqual([
    ['One', 'A', false],
    ['Two', 'C', false],
  ]);
  expect(await found(waves, { deployments: ['B'] })).toEqual([['One', 'B', false]]);
});

test('what the pipeline does not have is refused with the near misses, as nothing would be judged', async () => {
  const waves = [{ name: 'Prod', deployments: [{ name: 'ProdEu' }] }];
  await expect(found(waves, { deployments: ['ProdUe'], accounts: ['444444444444'] })).rejects.toMatchObject({
    source: 'user',
    problems: [
      {
        code: 'PRODUCTION_UNKNOWN',
        message: 'the pipeline has no deployment "ProdUe"',
        path: `rules["${rule}"][1].production.deployments[0]`,
        fix: 'did you mean "ProdEu"?',
      },
      { message: 'the pipeline has no account "444444444444"', fix: 'name one that it has' },
    ],
  });
});
