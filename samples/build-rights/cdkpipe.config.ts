// What the commands of the build may do in AWS, and where their log goes.
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
    rolePolicy: [{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::acme-catalogue/*'] }],
    logging: { cloudWatch: { retention: 30 }, s3: { bucket: 'acme-logs', prefix: 'shop' } },
  }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site })])],
});
