// One deployment goes back when it fails.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import bakeApproval, { bake } from '@cdkpipe/plugin-bake-approval';
import lambdaApproval from '@cdkpipe/plugin-lambda-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [bakeApproval, lambdaApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: site,
        rollback: 'auto',
        approvals: bake('Bake', { minutes: 30, alarms: ['Errors'] }),
      }),
    ]),
  ],
});
