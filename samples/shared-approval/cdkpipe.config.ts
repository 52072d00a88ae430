// One approval object gates two deployments.
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };
const prod = { account: '333333333333', region: 'us-east-1' };

const smoke = codebuild('Smoke', { commands: ['./smoke.sh "$URL"'], env: { URL: output('Site', 'Url') } });

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [codebuildApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', { env: beta, stacks: site, approvals: smoke }),
      deploy('Gamma', { env: prod, stacks: site, approvals: smoke }),
    ]),
  ],
});
