// A stack reads an output of another with a weak reference, and is updated whenever the other one changes.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { readingLater } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [manualApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  updateWeakReferences: true,
  waves: [
    wave('Beta', [deploy('Beta', { env: beta, stacks: readingLater, prepare: 'all', changes: manual('Review') })]),
  ],
});
