import { describe, expect, test } from 'vitest';
import { preparesFromAssets } from './prepares-from-assets.ts';

describe('whether making a change set reads assets', () => {
  test.each<[string, object, boolean]>([
    ['a function whose code is an asset', { Resources: { F: { Type: 'AWS::Lambda::Function' } } }, false],
    ['a nested stack', { Resources: { S: { Type: 'AWS::CloudFormation::Stack' } } }, true],
    ['a macro for the whole template', { Transform: 'AWS::Serverless-2016-10-31', Resources: {} }, true],
    ['an include', { Resources: { 'Fn::Transform': { Name: 'AWS::Include' } } }, true],
  ])('is known of %s', (_, template, expected) => {
    expect(preparesFromAssets(JSON.stringify(template), template)).toBe(expected);
  });
});
