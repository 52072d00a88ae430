/** What the definitions of the life test have in common: imports, an app with a file and an image, environments. */

/** What the definitions name and somebody else has made: buckets with their accounts, roles, keys, images, a topic. */
/** Accounts of the forbidden calls' strangers; all others are in the organization. */
const strangers = ['888888888888'];

export const outside = {
  organization: { id: 'o-a1b2c3d4e5', strangers },
  buckets: {
    'acme-catalogue': '111111111111',
    libs: '111111111111',
    'acme-sources': '111111111111',
    'acme-encrypted': '111111111111',
    'acme-cache': '111111111111',
    'acme-logs': '111111111111',
    'acme-artifacts': '111111111111',
    'acme-artifacts-us': '111111111111',
  },
  keys: { 'acme-encrypted': 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d' },
  open: [
    'arn:aws:s3:::acme-artifacts*',
    'arn:aws:kms:*:111111111111:key/0a1b2c3d',
    'arn:aws:ecr:*:222222222222:repository/base',
    'arn:aws:ecr:*:222222222222:repository/tools/node',
    'arn:aws:sns:eu-west-1:111111111111:approvers',
  ],
  roles: [
    ...['888888888888', '222222222222'].map((account) => `arn:aws:iam::${account}:role/neighbour`),
    ...['starter', 'pipeline', 'build', 'steps', 'assets', 'update', 'neighbour', 'docker'].map(
      (name) => `arn:aws:iam::111111111111:role/${name}`,
    ),
  ],
};

const head = `
import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { build, defineConfig, deploy, exported, output, parallel, source, variable, wave } from '@cdkpipe/core';
import bakeApproval, { bake } from '@cdkpipe/plugin-bake-approval';
import codebuildApproval, { codebuild, parameter, secret } from '@cdkpipe/plugin-codebuild-approval';
import lambdaApproval, { lambda } from '@cdkpipe/plugin-lambda-approval';
import manualApproval, { manual } from '@cdkpipe/plugin-manual-approval';
import securityApproval, { securityReview } from '@cdkpipe/plugin-security-approval';
import windowApproval, { window } from '@cdkpipe/plugin-window-approval';
import recorder from './recorder.ts';

const home = { account: '111111111111', region: 'eu-west-1' };
const homeUs = { account: '111111111111', region: 'us-east-1' };
const beta = { account: '222222222222', region: 'eu-west-1' };
const prod = { account: '333333333333', region: 'eu-west-1' };
const prodUs = { account: '333333333333', region: 'us-east-1' };
const plugins = [bakeApproval, codebuildApproval, lambdaApproval, manualApproval, securityApproval, windowApproval, recorder];

/** Two stacks, the second of which waits for the first, with a file. */
const app = (stage) => {
  const data = new Stack(stage, 'Data');
  const topic = new CfnResource(data, 'Topic', { type: 'AWS::SNS::Topic' });
  new CfnOutput(data, 'Url', { value: topic.ref });
  const api = new Stack(stage, 'Api');
  new CfnResource(api, 'Topic', { type: 'AWS::SNS::Topic' });
  new Asset(api, 'File', { path: new URL('./asset', import.meta.url).pathname });
  api.addStackDependency(data);
};
/** The same with a docker image. */
const appWithImage = (stage) => {
  app(stage);
  new DockerImageAsset(stage.node.findChild('Api'), 'Image', { directory: new URL('./image', import.meta.url).pathname });
};
const url = output('Data', 'Url');
const vpc = { vpcId: 'vpc-12345678', subnetIds: ['subnet-12345678', 'subnet-87654321'], securityGroupIds: ['sg-12345678'] };
const connectionArn = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/1';
`;

/** A plugin that notes each definition as it was written, for the count of options that are used. */
const recorder = `
import { definePlugin } from '@cdkpipe/core';
import { writeFileSync } from 'node:fs';
export default definePlugin({
  name: 'recorder',
  api: 1,
  hooks: { config: (definition) => writeFileSync('definition.json', JSON.stringify(definition)) },
});
`;

/** The project of a definition: files by their paths. */
export function projectOf(body: string): Record<string, string> {
  return {
    'cdkpipe.config.ts': `${head}\n${body}`,
    'recorder.ts': recorder.replace("'definition.json'", "new URL('./definition.json', import.meta.url)"),
    'check.ts': 'export const handler = async () => {};\n',
    'asset/file.txt': 'content',
    'image/Dockerfile': 'FROM scratch\n',
  };
}
