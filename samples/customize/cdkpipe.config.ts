// The escape hatch adds a tag and changes a property.

import type { Rendered } from '@cdkpipe/backend-codepipeline';
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { Tags } from 'aws-cdk-lib';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

function customize({ stack, pipeline }: Rendered): void {
  Tags.of(stack).add('team', 'shop');
  pipeline.addPropertyOverride('Name', 'shop-release');
}

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site })])],
  backends: { codepipeline: { customize } },
});
