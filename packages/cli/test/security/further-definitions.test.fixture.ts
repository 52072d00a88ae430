/**
 * Definitions that need what the example does not: other sources, networks, images, caches, secrets, reviews that pass,
 * windows, alarms, people who are told, reports, logs, credentials of registries.
 */

const definitionOf = (source: string, build: string) => `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import codebuildApproval, { codebuild, parameter, secret } from '@cdkpipe/plugin-codebuild-approval';
import { CfnResource, Stack } from 'aws-cdk-lib';
const env = { account: '111111111111', region: 'eu-west-1' };
export default defineConfig({
  name: 'orders',
  env,
  plugins: [codebuildApproval],
  source: ${source},
  build: build({ commands: ['npx cdkpipe synth'], ${build} }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env,
        stacks: (stage) => void new CfnResource(new Stack(stage, 'Api'), 'Topic', { type: 'AWS::SNS::Topic' }),
        approvals: [
          codebuild('Smoke', {
            commands: ['./smoke.sh'],
            env: {
              TOKEN: secret('team/token'),
              LIMIT: parameter('/team/limit'),
            },
          }),
        ],
      }),
    ]),
  ],
});
`;

const vpc = "vpc: { vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678'], securityGroupIds: ['sg-12345678'] }";
const image = "image: '222222222222.dkr.ecr.us-east-1.amazonaws.com/tools/node:22'";

const passing = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import securityApproval, { securityReview } from '@cdkpipe/plugin-security-approval';
import { CfnResource, Stack } from 'aws-cdk-lib';
const env = { account: '111111111111', region: 'eu-west-1' };
export default defineConfig({
  name: 'orders',
  env,
  plugins: [securityApproval],
  source: source.codeCommit('orders'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env,
        stacks: (stage) => void new CfnResource(new Stack(stage, 'Api'), 'Topic', { type: 'AWS::SNS::Topic' }),
        changes: [securityReview('Security')],
      }),
    ]),
  ],
});
`;

const watching = `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import bakeApproval, { bake } from '@cdkpipe/plugin-bake-approval';
import codebuildApproval, { codebuild } from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval from '@cdkpipe/plugin-lambda-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import windowApproval, { window } from '@cdkpipe/plugin-window-approval';
import { CfnResource, Stack } from 'aws-cdk-lib';
const env = { account: '111111111111', region: 'eu-west-1' };
export default defineConfig({
  name: 'orders',
  env,
  plugins: [bakeApproval, codebuildApproval, lambdaApproval, manualApproval, windowApproval],
  source: source.codeCommit('orders'),
  build: build({
    commands: ['npx cdkpipe synth'],
    privileged: true,
    logging: { s3: { bucket: 'acme-logs' } },
    buildSpec: { reports: { units: { files: ['report.xml'] } } },
  }),
  waves: [
    wave(
      'Beta',
      [
        deploy('Beta', {
          env,
          stacks: (stage) => void new CfnResource(new Stack(stage, 'Api'), 'Topic', { type: 'AWS::SNS::Topic' }),
          approvals: [
            bake('Bake', { minutes: 30, alarms: ['Errors'] }),
            manual('Look', { emails: ['release@example.com'] }),
            codebuild('Scan', { commands: ['./scan.sh'], image: { name: 'registry.acme.com/scan:1', secret: 'team/reader' } }),
          ],
        }),
      ],
      { before: [window('Hours', { open: ['Mon-Fri 09:00-16:00'], timeZone: 'UTC' })] },
    ),
  ],
  backends: {
    codepipeline: {
      dockerCredentials: [{ type: 'dockerHub', secret: 'team/docker-hub' }],
      notifications: { onFailure: { emails: ['team@example.com'] }, onApproval: { emails: ['team@example.com'] } },
      update: { waitForIdle: 30 },
    },
  },
});
`;

export const furtherDefinitions: readonly string[] = [
  definitionOf("source.codeCommit('orders')", vpc),
  definitionOf("source.s3('acme-sources', 'orders.zip')", image),
  definitionOf("source.ecr('base')", "cache: { type: 's3', bucket: 'acme-cache', prefix: 'orders' }"),
  definitionOf(
    "source.connection('acme/orders', { connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/1', fullClone: true })",
    "rolePolicy: [{ effect: 'Allow', actions: ['ssm:GetParameter'], resources: ['arn:aws:ssm:eu-west-1:111111111111:parameter/team'] }]",
  ),
  passing,
  watching,
];
