import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { makeProject } from '../loading/project.test.fixture.ts';
import { findCdkLibrary, type InstalledCdk, isCdkModule } from './cdk-library.ts';

const require = createRequire(import.meta.url);

const find = (directory: string): InstalledCdk => {
  const found = findCdkLibrary(directory);
  if ('code' in found) throw new Error(found.message);
  return found;
};

it("finds the project's copy with version and root, and loads its modules", () => {
  const cdk = find(makeProject({}));
  expect(cdk.version).toBe(require('aws-cdk-lib/package.json').version);
  expect(cdk.root).toBe(realpathSync(dirname(require.resolve('aws-cdk-lib/package.json'))));
  expect(cdk.require('aws-cdk-lib')).toBe(require('aws-cdk-lib'));
  expect(cdk.require('aws-cdk-lib/aws-sqs')).toBe(require('aws-cdk-lib/aws-sqs'));
  expect(cdk.require('constructs')).toBe(require('constructs'));
});

it('knows which modules the packages export', () => {
  const cdk = find(makeProject({}));
  expect(cdk.resolve('aws-cdk-lib/aws-sqs')).toBe(join(cdk.root, 'aws-sqs/index.js'));
  expect(cdk.resolve('aws-cdk-lib/aws-nope')).toBeUndefined();
  expect(() => cdk.require('aws-cdk-lib/aws-nope')).toThrow('./aws-nope');
});

it('takes the constructs that belong to the CDK where the project has none of its own', () => {
  const directory = makeProject({}, { cdk: false });
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(find(makeProject({})).root, join(directory, 'node_modules/aws-cdk-lib'));
  expect(find(directory).require('constructs')).toBe(require('constructs'));
});

it('tells of a project without the CDK, or without constructs', () => {
  const bare = makeProject({}, { cdk: false });
  const half = makeProject(
    { 'node_modules/aws-cdk-lib/package.json': '{ "version": "2.0.0" }', 'node_modules/aws-cdk-lib/index.js': '' },
    { cdk: false },
  );
  for (const directory of [bare, half]) {
    expect(findCdkLibrary(directory)).toEqual({
      code: 'AWS_CDK_NOT_FOUND',
      message: `aws-cdk-lib and constructs are not both installed in ${directory}`,
      fix: 'run `npm install aws-cdk-lib constructs` in the project',
    });
  }
});

it.each([
  ['aws-cdk-lib', true],
  ['aws-cdk-lib/aws-s3', true],
  ['constructs', true],
  ['aws-cdk-lib-extras', false],
  ['./constructs', false],
  ['@aws-cdk/aws-glue-alpha', false],
])('%s is a module of the CDK: %s', (module, expected) => {
  expect(isCdkModule(module)).toBe(expected);
});
