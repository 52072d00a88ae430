// One wave deploys to two regions at the same time.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const prod = { account: '333333333333', region: 'us-east-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Prod', [
      deploy('Us', { env: prod, stacks: site }),
      deploy('Eu', { env: { ...prod, region: 'eu-west-1' }, stacks: site }),
    ]),
  ],
});
