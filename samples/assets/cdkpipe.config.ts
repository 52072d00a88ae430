// A file and an image for ARM: two publishers.

import { fileURLToPath } from 'node:url';
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { CfnOutput, Stack, type Stage } from 'aws-cdk-lib';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

function assets(stage: Stage): void {
  const stack = new Stack(stage, 'Site');
  const file = new Asset(stack, 'Page', { path: fileURLToPath(new URL('page.html', import.meta.url)) });
  const image = new DockerImageAsset(stack, 'Image', {
    directory: fileURLToPath(new URL('image', import.meta.url)),
    platform: Platform.LINUX_ARM64,
  });
  new CfnOutput(stack, 'PageUrl', { value: file.s3ObjectUrl });
  new CfnOutput(stack, 'ImageUri', { value: image.imageUri });
}

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: assets })])],
});
