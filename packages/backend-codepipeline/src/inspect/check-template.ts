/** Holds an emitted template against the limits of CloudFormation, IAM, S3 and KMS. */
import type { Problem } from '@cdkpipe/core';
import { checkNumber } from '../check/within-limits.ts';
import { limits } from '../limits.ts';
import { literalDocumentLength } from './literal-length.ts';
import { asArray, asObject, type Json, type Resource, resourcesOf } from './read-template.ts';

/** @param bytes size of the file */
export function checkTemplate(file: string, template: Json, bytes: number): Problem[] {
  const resources = resourcesOf(template);
  return [
    ...checkNumber(limits.templateBytes, `"${file}"`, bytes),
    ...checkNumber(limits.templateResources, `"${file}"`, resources.length),
    ...resources.flatMap(checkPolicies),
  ];
}

function checkPolicies({ logicalId, type, properties }: Resource): Problem[] {
  const size = (document: Json | undefined) => (document === undefined ? 0 : literalDocumentLength(document));
  const subject = `"${logicalId}"`;
  switch (type) {
    case 'AWS::IAM::Role': {
      const documents = asArray(properties.Policies).map((policy) => size(asObject(policy).PolicyDocument));
      const inline = documents.reduce((sum, length) => sum + length, 0);
      return [
        ...checkNumber(limits.inlinePolicies, subject, inline),
        ...checkNumber(limits.managedPoliciesPerRole, subject, asArray(properties.ManagedPolicyArns).length),
      ];
    }
    case 'AWS::IAM::Policy':
      return checkNumber(limits.inlinePolicies, subject, size(properties.PolicyDocument));
    case 'AWS::IAM::ManagedPolicy':
      return checkNumber(limits.managedPolicy, subject, size(properties.PolicyDocument));
    case 'AWS::S3::BucketPolicy':
      return checkNumber(limits.bucketPolicy, subject, size(properties.PolicyDocument));
    case 'AWS::KMS::Key':
      return checkNumber(limits.keyPolicy, subject, size(properties.KeyPolicy));
    default:
      return [];
  }
}
