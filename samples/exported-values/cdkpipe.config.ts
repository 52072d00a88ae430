// A later step uses what an earlier one exported, and what the source says of its commit.
import { build, defineConfig, deploy, exported, source, wave } from '@cdkpipe/core';
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
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: site,
        approvals: [
          codebuild('Seed', { commands: ['TOKEN=$(./seed.sh)'], exports: ['TOKEN'] }),
          codebuild('Use', {
            commands: ['./use.sh'],
            env: { TOKEN: exported('Seed', 'TOKEN'), COMMIT: source.attribute('commitId') },
          }),
        ],
      }),
    ]),
  ],
});
