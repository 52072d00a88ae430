/** A project with every kind of approval, assets, a network and deployments to three environments. */

/** @param beta where the stacks of the first deployment come from, as a key of the definition */
export const everyKind = (beta = 'stacks: orders'): Record<string, string> => ({
  'cdkpipe.config.ts': `
import { build, defineConfig, deploy, output, parallel, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval, { lambda } from '@cdkpipe/plugin-lambda-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import windowApproval, { window } from '@cdkpipe/plugin-window-approval';
import bakeApproval, { bake } from '@cdkpipe/plugin-bake-approval';
import securityApproval, { securityReview } from '@cdkpipe/plugin-security-approval';
import { CfnOutput, RemovalPolicy, Stack, type Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as fn from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';

const orders = (stage: Stage) => {
  const data = new Stack(stage, 'Data');
  const bucket = new s3.Bucket(data, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
  const vpc = new ec2.Vpc(data, 'Vpc', { maxAzs: 2 });
  const api = new Stack(stage, 'Api');
  const handler = new fn.Function(api, 'Fn', {
    runtime: fn.Runtime.NODEJS_20_X, handler: 'index.handler', code: fn.Code.fromAsset('fn'), vpc,
    environment: { BUCKET: bucket.bucketName },
  });
  bucket.grantRead(handler);
  new CfnOutput(api, 'Url', { value: handler.functionArn });
};
const url = output('Api', 'Url');
export default defineConfig({
  name: 'orders',
  env: { account: '111111111111', region: 'eu-west-1' },
  plugins: [manualApproval, codebuildApproval, lambdaApproval, windowApproval, bakeApproval, securityApproval],
  source: source.codeCommit('orders'),
  build: build({ commands: ['npm ci', 'npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [deploy('Beta', { env: { account: '222222222222', region: 'eu-west-1' }, ${beta},
      approvals: [codebuild('Smoke', { commands: ['curl "$URL"'], env: { URL: url }, runIn: 'target' }),
        lambda('Latency', { handler: './checks/latency.ts', payload: { url }, runIn: 'target' })] })]),
    wave('Prod', [
      deploy('ProdEu', { env: { account: '333333333333', region: 'eu-west-1' }, stacks: orders, changes: [manual('Review'), securityReview('Security')], approvals: [bake('Bake', { minutes: 10 })] }),
      deploy('ProdUs', { env: { account: '333333333333', region: 'us-east-1' }, stacks: orders, prepare: false, approvals: [manual('Done', { emails: ['a@example.com'] })] }),
    ], { before: [window('Hours', { open: ['Mon-Thu 09:00-16:00'], timeZone: 'Europe/Berlin' })] }),
  ],
});
`,
  'fn/index.js': 'exports.handler = async () => ({});',
  'checks/latency.ts': 'export const handler = async () => ({ ok: true });',
  'cdk.context.json': JSON.stringify(
    Object.fromEntries(
      ['222222222222:region=eu-west-1', '333333333333:region=eu-west-1', '333333333333:region=us-east-1'].map(
        (place) => {
          const region = place.slice(-9);
          return [`availability-zones:account=${place}`, [`${region}a`, `${region}b`]];
        },
      ),
    ),
  ),
});
