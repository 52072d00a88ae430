// A larger machine with docker, a longer time-out, an image of ECR.
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
    computeType: 'large',
    image: '444444444444.dkr.ecr.eu-west-1.amazonaws.com/builder:22',
    privileged: true,
    timeout: 90,
  }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site })])],
});
