// An object of a bucket, by events.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.s3('acme-shop', 'shop.zip', { trigger: 'event' }),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site })])],
});
