/** The kind `codebuild`, apart from any backend. */
import { defineKind, stepHelper } from '@cdkpipe/core';
import { codebuildOptions } from './options.ts';

export const codebuildKind = defineKind({
  name: 'codebuild',
  summary: 'Commands run in AWS CodeBuild; the step passes when all of them succeed.',
  options: codebuildOptions,
  positions: ['build', 'change', 'approval', 'wave'],
  changeable: ['cache', 'computeType', 'logging', 'timeout', 'vpc'],
  runsCode: true,
  exports: ({ exports = [] }) => exports,
  examples: [
    {
      title: 'Smoke-test what was deployed',
      options: {
        commands: ['bash smoke.sh "$URL"'],
        env: { URL: { $ref: 'output', stack: 'Orders', name: 'Url' } },
        timeout: 15,
      },
    },
    {
      title: 'Use a secret, a parameter and an AWS call',
      options: {
        installCommands: ['npm ci'],
        commands: ['npx playwright test'],
        env: {
          PASSWORD: { $ref: 'secret', name: 'orders/tester', field: 'password' },
          TENANT: { $ref: 'parameter', name: '/orders/tenant' },
          LEVEL: 'full',
        },
        rolePolicy: [{ effect: 'Allow', actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }],
      },
    },
    {
      title: 'Hand a value on to later steps',
      options: {
        commands: ['export VERSION="$(cat version.txt)"'],
        env: { COMMIT: { $ref: 'source', attribute: 'commitId' } },
        exports: ['VERSION'],
      },
    },
    {
      title: 'Make files that the build uses, in an image of a private registry',
      options: {
        commands: ['make bindings'],
        output: 'lib/bindings',
        image: { name: 'registry.acme.com/protoc:27', secret: 'registry/reader' },
        logging: { cloudWatch: { retention: 90 } },
        buildSpec: { reports: { bindings: { files: ['report/*.xml'] } } },
      },
    },
    {
      title: 'Look into the cloud assembly, in a VPC',
      options: {
        commands: ['./check-templates.sh cdk.out'],
        inputs: ['cdk.out'],
        image: 'aws/codebuild/standard:7.0',
        computeType: 'medium',
        cache: { type: 's3', bucket: 'acme-build-cache', prefix: 'orders' },
        vpc: {
          vpcId: 'vpc-0123456789abcdef0',
          subnetIds: ['subnet-0123456789abcdef0'],
          securityGroupIds: ['sg-0123456789abcdef0'],
        },
      },
    },
  ],
});

/**
 * Commands run in AWS CodeBuild.
 *
 * @param name of the step
 * @param options `commands` and, where wanted, `installCommands`, `env`, `exports`, `image`, `computeType`, `privileged`, `inputs`,
 *   `output` (around the build), `cache`, `vpc`, `fileSystems`, `logging`, `buildSpec`, `timeout` (minutes), `rolePolicy`,
 *   `runIn`
 */
export const codebuild = stepHelper(codebuildKind);
