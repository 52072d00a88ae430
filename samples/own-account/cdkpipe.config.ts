// Everything in the account and region of the pipeline.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: home, stacks: site })])],
});
