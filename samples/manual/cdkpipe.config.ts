// What an approver reads, who is notified, and how long it waits.
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: site,
        approvals: manual('Look', {
          comment: 'Does it look right?',
          link: output('Site', 'Url'),
          emails: ['release@example.com'],
          timeout: 1440,
        }),
      }),
    ]),
  ],
});
