// Texts, a secret and a parameter reach the commands as environment variables.
import { build, defineConfig, deploy, parameter, secret, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [codebuildApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'], env: { STAGE: 'production' } }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: site,
        approvals: codebuild('Smoke', {
          commands: ['./smoke.sh'],
          env: {
            MODE: 'fast',
            PASSWORD: secret('shop/tester', { field: 'password' }),
            LIMIT: parameter('/shop/limit'),
          },
        }),
      }),
    ]),
  ],
});
