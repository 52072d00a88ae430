// A wave goes back to its last good state when it fails.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [codebuildApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave(
      'Beta',
      [deploy('Beta', { env: beta, stacks: site, approvals: codebuild('Smoke', { commands: ['./smoke.sh'] }) })],
      { rollback: 'auto' },
    ),
  ],
});
