import { Duration, Stack } from 'aws-cdk-lib';
import { KubernetesVersion } from 'aws-cdk-lib/aws-eks';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { constantOf } from './cdk-constant.ts';

test('a value that a class of the CDK has by name is found with its module', () => {
  expect(constantOf(KubernetesVersion.V1_31)).toEqual({
    module: 'aws-cdk-lib/aws-eks',
    className: 'KubernetesVersion',
    member: 'V1_31',
  });
  expect(constantOf(Runtime.NODEJS_20_X)).toMatchObject({ module: 'aws-cdk-lib/aws-lambda', member: 'NODEJS_20_X' });
});

test.each([
  ['another object of such a class', KubernetesVersion.of('9.99')],
  ['what is made by a function', Duration.days(1)],
  ['a construct', new Stack()],
  ['an object of the app', new (class Own {})()],
  ['a text', 'V1_31'],
  ['nothing', null],
])('%s is none', (_, value) => {
  expect(constantOf(value)).toBeUndefined();
});
