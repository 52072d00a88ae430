import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssetStaging, IgnoreStrategy, Stack, type Stage } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withDeployment } from '../modelling/definition.test.fixture.ts';
import { buildIn } from './build-assembly.test.fixture.ts';

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'cdkpipe-hidden-')));
  writeFileSync(join(directory, 'index.js'), '');
  writeFileSync(join(directory, 'Dockerfile'), 'FROM scratch\n');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const put = (file: string) => {
  mkdirSync(join(directory, file, '..'), { recursive: true });
  writeFileSync(join(directory, file), file);
};

/** The hashes of the assets that a stage makes of `at`, and what is in the copy of the first. */
async function assetsOf(at = directory) {
  const stacks = (stage: Stage) => {
    const stack = new Stack(stage, 'Api');
    // Authors exclude what `cdk synth` writes.
    new Asset(stack, 'Asset', { path: at, exclude: ['cdk.out'] });
    new DockerImageAsset(stack, 'Image', { directory: at, exclude: ['cdk.out'] });
  };
  AssetStaging.clearAssetHashCache();
  const { assembly, outdir } = await buildIn(directory, withDeployment({ stacks }));
  const assets = assembly.deployments[0]?.stacks[0]?.assets.filter(({ isTemplate }) => !isTemplate) ?? [];
  const [copy] = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
  const names = readdirSync(join(outdir, copy ?? ''), { recursive: true, encoding: 'utf8' }).toSorted();
  rmSync(outdir, { recursive: true });
  return { hashes: assets.map(({ id }) => id), names };
}

test('assets of the project hold neither the runs of this machine nor the assembly that is being written', async () => {
  const clean = await assetsOf();
  expect(clean.names).toEqual(['Dockerfile', 'index.js']);
  put('.cdkpipe/runs.db');
  put('.cdkpipe/runs/2026/work/node_modules/x.js');
  put('cdk.out/.cdkpipe-new-1-00000000/asset.1/index.js');
  expect(await assetsOf()).toEqual(clean);
});

test('a file with such a name elsewhere is part of the asset', async () => {
  const clean = await assetsOf();
  put('lib/.cdkpipe/settings.json');
  const { hashes, names } = await assetsOf();
  expect(names).toContain('lib/.cdkpipe/settings.json');
  expect(hashes).not.toEqual(clean.hashes);
});

test('an asset reached by a link leaves out the same', async () => {
  const link = `${directory}-link`;
  symlinkSync(directory, link);
  put('.cdkpipe/runs.db');
  try {
    expect((await assetsOf(link)).names).toEqual(['Dockerfile', 'index.js']);
  } finally {
    rmSync(link);
  }
});

test('the CDK is afterwards as it was', async () => {
  const before = IgnoreStrategy.fromCopyOptions;
  await assetsOf();
  expect(IgnoreStrategy.fromCopyOptions).toBe(before);
});
