// A person opens the second wave before anything of it is prepared.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };
const prod = { account: '333333333333', region: 'us-east-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [deploy('Beta', { env: beta, stacks: site })]),
    wave('Prod', [deploy('Prod', { env: prod, stacks: site })], {
      before: manual('Open', { comment: 'Is the change window open?' }),
    }),
  ],
});
