import type { CodeBuildSpec, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import { exported, output, parameter, type StepPosition, secret, source, variable } from '@cdkpipe/core';
import { expect, it } from 'vitest';
import { codebuildOnCodePipeline } from './codepipeline-renderer.ts';
import { codebuildOptions } from './options.ts';

/** What the renderer asks of the backend for a step as it would stand in a JSON file. */
function specOf(options: object, position: StepPosition = 'approval') {
  const specs: CodeBuildSpec[] = [];
  const action = { category: 'Test', provider: 'CodeBuild', configuration: {} } as const;
  const context = {
    codeBuild: (spec: CodeBuildSpec) => {
      specs.push(spec);
      return action;
    },
  } as Partial<CodePipelineContext> as CodePipelineContext;
  const step = { id: 'Beta/Smoke', name: 'Smoke', kind: 'codebuild', position, path: 'waves[0]' };
  expect(codebuildOnCodePipeline.render({ ...step, options: codebuildOptions.parse(options) }, context)).toBe(action);
  return specs;
}

it('hands every option on to the backend, once', () => {
  const options = {
    commands: ['a', 'b'],
    installCommands: ['c'],
    exports: ['VERSION'],
    image: 'aws/codebuild/standard:7.0',
    computeType: 'large',
    inputs: ['cdk.out'],
    output: { from: 'dist', to: 'lib/generated' },
    privileged: true,
    fileSystems: [{ identifier: 'tools', fileSystemId: 'fs-0123456789abcdef0', mountPoint: '/tools' }],
    logging: { cloudWatch: { retention: 30 }, s3: { bucket: 'acme-logs' } },
    buildSpec: { phases: { post_build: { commands: ['d'], finally: ['e'] } } },
    cache: { type: 'local', modes: ['source'] },
    vpc: {
      vpcId: 'vpc-0123456789abcdef0',
      subnetIds: ['subnet-0123456789abcdef0'],
      securityGroupIds: ['sg-0123456789abcdef0'],
    },
    timeout: 30,
    rolePolicy: [{ effect: 'Deny', actions: ['s3:*'], resources: ['*'] }],
  };
  expect(specOf(options)).toEqual([{ category: 'Test', ...options }]);
  const missing = Object.keys(codebuildOptions.shape).filter((name) => !(name in options));
  expect(missing).toEqual(['env']);
});

it('leaves out what is not given, even where it is written as undefined', () => {
  expect(specOf({ commands: ['a'], timeout: undefined, env: undefined })).toStrictEqual([
    { category: 'Test', commands: ['a'] },
  ]);
});

it('names secrets and parameters the way CodeBuild looks them up and leaves texts and values alone', () => {
  const env = {
    TEXT: '$(rm -rf /) #{a.b}',
    URL: output('Orders', 'Url'),
    COMMIT: source.attribute('commitId'),
    LEVEL: variable('Level'),
    VERSION: exported('Build', 'VERSION'),
    KEY: secret('orders/key'),
    PASSWORD: secret('orders/db', { field: 'password' }),
    TENANT: parameter('/orders/tenant'),
  };
  expect(specOf({ commands: ['a'], env })[0]?.env).toEqual({
    ...env,
    KEY: { type: 'SECRETS_MANAGER', value: 'orders/key' },
    PASSWORD: { type: 'SECRETS_MANAGER', value: 'orders/db:password' },
    TENANT: { type: 'PARAMETER_STORE', value: '/orders/tenant' },
  });
});

it.each([
  ['build', 'Build'],
  ['wave', 'Test'],
  ['change', 'Test'],
  ['approval', 'Test'],
] as const)('in the position %s is of category %s', (position, category) => {
  expect(specOf({ commands: ['a'] }, position)).toEqual([{ category, commands: ['a'] }]);
});
