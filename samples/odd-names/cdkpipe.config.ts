// Names that JavaScript gives to its own objects. The CDK has no construct of such a name, so deployments and stacks have others.
import { build, defineConfig, deploy, output, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import { CfnOutput, Stack, type Stage } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';

const home = { account: '111111111111', region: 'eu-west-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };

function odd(stage: Stage): void {
  const stack = new Stack(stage, 'Site');
  new CfnTopic(stack, 'Topic');
  new CfnOutput(stack, 'Url', { value: 'https://example.com' });
}

export default defineConfig({
  name: 'constructor',
  env: home,
  plugins: [codebuildApproval, manualApproval],
  source: source.codeCommit('toString'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('constructor', [
      deploy('Beta', {
        env: beta,
        stacks: odd,
        changes: manual('constructor'),
        approvals: [
          codebuild('valueOf', {
            commands: ['true'],
            env: { constructor: output('Site', 'Url'), valueOf: 'text' },
          }),
          manual('hasOwnProperty', { comment: '","actions":[],"x":"$(id) #' }),
        ],
      }),
    ]),
  ],
});
