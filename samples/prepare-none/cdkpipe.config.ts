// No change sets: stacks are deployed at once.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { shop } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: shop, prepare: false })])],
});
