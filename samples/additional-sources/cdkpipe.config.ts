// Two more sources, each in a directory of the workspace of the build.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site })])],
  additionalSources: {
    'vendor/catalogue': source.s3('acme-catalogue', 'catalogue.zip'),
    'images/base': source.ecr('base'),
  },
});
