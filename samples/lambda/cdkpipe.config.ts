// A function of the project decides, in the account of the deployment.
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
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
        approvals: lambda('Latency', {
          handler: './latency.ts',
          payload: { url: output('Site', 'Url'), limitMs: 500 },
          runIn: 'target',
        }),
      }),
    ]),
  ],
});
