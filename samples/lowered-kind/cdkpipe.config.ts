// A kind of the project that becomes two steps.
import { build, defineConfig, defineKind, definePlugin, deploy, source, stepHelper, wave } from '@cdkpipe/core';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

const kind = defineKind({
  name: 'twoPeople',
  summary: 'Two people approve.',
  positions: ['approval'],
  lower: () => [manual('First'), manual('Second')],
});
const board = definePlugin({
  name: 'board',
  api: 1,
  kinds: [kind],
});
const twoPeople = stepHelper(kind);

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [manualApproval, board],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site, approvals: twoPeople('Board', {}) })])],
});
