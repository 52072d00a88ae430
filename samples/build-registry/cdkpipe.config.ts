// An image of a private registry, pulled with a secret.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.codeCommit('shop'),
  build: build({
    commands: ['npx cdkpipe synth'],
    image: { name: 'registry.acme.com/node:22', secret: 'registry/reader' },
  }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site })])],
});
