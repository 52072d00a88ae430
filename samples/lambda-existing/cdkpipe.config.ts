// A function that exists decides.
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import lambdaApproval, { lambda } from '@cdkpipe/plugin-lambda-approval';
import { site } from '../stacks.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

export default defineConfig({
  name: 'shop',
  env: home,
  plugins: [lambdaApproval],
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: beta,
        stacks: site,
        approvals: lambda('Check', { functionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:check' }),
      }),
    ]),
  ],
});
