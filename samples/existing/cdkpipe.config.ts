// A role and an artifact store that exist.
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
  backends: {
    codepipeline: {
      existing: {
        pipelineRole: 'arn:aws:iam::111111111111:role/shop-pipeline',
        artifacts: {
          'eu-west-1': { bucket: 'acme-artifacts', key: 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d' },
        },
      },
    },
  },
});
