// A build in a VPC, with a file system and a cache in S3.
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
    vpc: {
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0'],
      securityGroupIds: ['sg-0123456789abcdef0'],
    },
    fileSystems: [{ identifier: 'tools', fileSystemId: 'fs-0123456789abcdef0', mountPoint: '/tools' }],
    cache: { type: 's3', bucket: 'acme-build-cache', prefix: 'shop' },
  }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site })])],
});
