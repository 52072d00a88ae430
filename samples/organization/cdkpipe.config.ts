// Policies of constant size for any number of accounts.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };
const prod = { account: '333333333333', region: 'us-east-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [deploy('Beta', { env: beta, stacks: site })]),
    wave('Prod', [deploy('Prod', { env: prod, stacks: site })]),
  ],
  backends: { codepipeline: { organization: 'o-a1b2c3d4e5' } },
});
