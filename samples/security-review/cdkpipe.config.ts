// A person decides only where permissions broaden or data is at risk.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import securityApproval, { securityReview } from '@cdkpipe/plugin-security-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [securityApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: site,
        changes: securityReview('Security', { comment: 'See the runbook.', emails: ['security@example.com'] }),
      }),
    ]),
  ],
});
