import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssetManifest } from '@aws-cdk/cdk-assets-lib';
import { expect, onTestFinished, test } from 'vitest';
import { foreignPlatforms } from './foreign-platforms.ts';

function manifestOf(platforms: readonly (string | undefined)[]): AssetManifest {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-platforms-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const destinations = { here: { repositoryName: 'assets', imageTag: 'tag' } };
  const images = platforms.map((platform, index) => [
    `image${index}`,
    { displayName: `Image${index}`, source: { directory: '.', platform }, destinations },
  ]);
  const files = { page: { source: { path: 'page' }, destinations: { here: { bucketName: 'b', objectKey: 'k' } } } };
  const content = { version: '54.0.0', files, dockerImages: Object.fromEntries(images) };
  writeFileSync(join(directory, 'App.assets.json'), JSON.stringify(content));
  return AssetManifest.fromFile(join(directory, 'App.assets.json'));
}

test.each([
  ['x64', 'linux/arm64', true],
  ['x64', 'linux/amd64', false],
  ['x64', undefined, false],
  ['arm64', 'linux/arm64/v8', false],
  ['arm64', 'linux/amd64', true],
  ['arm64', 'linux/amd64,linux/arm64', true],
])('on %s an image for %s needs emulation: %s', (machine, platform, needed) => {
  const lines = foreignPlatforms(manifestOf([platform]), machine);
  expect(lines).toEqual(
    needed
      ? [`Image0 is for ${platform} and this machine is ${machine}: Docker builds it only where emulation is set up`]
      : [],
  );
});
