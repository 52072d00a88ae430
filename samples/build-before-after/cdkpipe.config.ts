// Steps around the build: one makes files for it, another checks what it made.
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
  build: build({
    before: codebuild('Types', { commands: ['make types'], output: { from: 'out/types', to: 'lib/generated' } }),
    commands: ['npx cdkpipe synth'],
    after: codebuild('Scan', { commands: ['./scan.sh cdk.out'], inputs: ['cdk.out'] }),
  }),
  waves: [wave('Beta', [deploy('Beta', { env: beta, stacks: site })])],
});
