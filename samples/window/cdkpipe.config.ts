// A wave that only begins in office hours.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import windowApproval, { window } from '@cdkpipe/plugin-window-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };
const prod = { account: '333333333333', region: 'us-east-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [windowApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [deploy('Beta', { env: beta, stacks: site })]),
    wave('Prod', [deploy('Prod', { env: prod, stacks: site })], {
      before: window('OfficeHours', {
        open: ['Mon-Thu 09:00-16:00'],
        timeZone: 'Europe/Berlin',
        closed: ['2026-12-24/2027-01-02'],
      }),
    }),
  ],
});
