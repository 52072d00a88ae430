import { expect, it } from 'vitest';
import { planOf } from '../fixture/plan.test.fixture.ts';
import { type CodePipelineOptionsInput, optionsSchema } from '../options/options.ts';
import { checkArns } from './check-arns.ts';

const statement = (resource: string) => ({
  effect: 'Allow' as const,
  actions: ['s3:GetObject'],
  resources: [resource],
});
const foundIn = (resource: string, options: CodePipelineOptionsInput = {}) =>
  checkArns(planOf({ build: { rolePolicy: [statement(resource)] } }).plan, optionsSchema.parse(options)).map(
    ({ code, path, message }) => ({ code, path, message }),
  );

it('an ARN of another partition is refused with its place', () => {
  expect(foundIn('arn:aws-cn:s3:::team/*')).toEqual([
    {
      code: 'ARN_OF_OTHER_PARTITION',
      path: 'build.rolePolicy[0].resources[0]',
      message: expect.stringContaining('"eu-west-1" is in aws'),
    },
  ]);
  const existing = { pipelineRole: 'arn:aws-us-gov:iam::111111111111:role/pipeline' };
  expect(foundIn('arn:aws:s3:::team/*', { existing })).toMatchObject([
    { path: 'backends.codepipeline.existing.pipelineRole' },
  ]);
});

it.each(['arn:awss:s3:::team/*', 'arn:AWS:s3:::team/*', 'arn:aws:sns:cn-north-1:111111111111:team'])(
  '%s is in none or in two partitions, and refused',
  (resource) => {
    expect(foundIn(resource)).toMatchObject([{ code: 'ARN_OF_OTHER_PARTITION' }]);
  },
);

it('a repository of another partition, or with the address of another, is refused with its place', () => {
  const found = (uri: string) =>
    foundIn('*', { dockerCredentials: [{ type: 'ecr', repositories: [uri] }] }).map(({ path }) => path);
  const place = ['backends.codepipeline.dockerCredentials[0].repositories[0]'];
  expect(found('222222222222.dkr.ecr.cn-north-1.amazonaws.com.cn/base')).toEqual(place);
  expect(found('222222222222.dkr.ecr.eu-west-1.amazonaws.com.cn/base')).toEqual(place);
  expect(found('222222222222.dkr.ecr.cn-north-1.amazonaws.com/base')).toEqual(place);
  expect(found('222222222222.dkr.ecr.eu-west-1.amazonaws.com/base')).toEqual([]);
});

it('a report group of another partition is refused, though a key names it', () => {
  const group = 'arn:aws-cn:codebuild:cn-north-1:111111111111:report-group/units';
  const build = { buildSpec: { reports: { [group]: { files: ['report.xml'] } } } };
  expect(checkArns(planOf({ build }).plan, optionsSchema.parse({}))).toMatchObject([
    { code: 'ARN_OF_OTHER_PARTITION', path: `build.buildSpec.reports["${group}"]` },
  ]);
});

it('ARNs of the same partition, patterns, and what commands and variables hold are left', () => {
  expect(foundIn('arn:aws:s3:::team/*')).toEqual([]);
  expect(foundIn('arn:*:s3:::team/*')).toEqual([]);
  const build = { commands: ['arn:aws-cn:s3:::a'], env: { TEAM: 'arn:aws-cn:s3:::a' } };
  expect(checkArns(planOf({ build }).plan, optionsSchema.parse({}))).toEqual([]);
});
