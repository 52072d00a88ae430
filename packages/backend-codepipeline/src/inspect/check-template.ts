/** Holds an emitted template against the limits of CloudFormation, IAM, S3 and KMS. */
import type { Problem } from '@cdkpipe/core';
import { limits } from '../aws/limits.ts';
import { checkNumber } from '../check/within-limits.ts';
import { literalDocumentLength, literalLength } from './literal-length.ts';
import { asArray, asObject, type Json, type JsonObject, type Resource, resourcesOf } from './read-template.ts';

/** @param bytes size of the file */
export function checkTemplate(file: string, template: Json, bytes: number): Problem[] {
  const resources = resourcesOf(template);
  return [
    ...checkNumber(limits.templateBytes, `"${file}"`, bytes),
    ...checkNumber(limits.templateResources, `"${file}"`, resources.length),
    ...checkNumber(limits.templateParameters, `"${file}"`, Object.keys(asObject(asObject(template).Parameters)).length),
    ...checkNumber(limits.templateOutputs, `"${file}"`, Object.keys(asObject(asObject(template).Outputs)).length),
    ...checkNumber(limits.templateDescription, `"${file}"`, bytesOf(asObject(template).Description ?? '')),
    ...resources.flatMap((resource) => checkPolicies(resource, resources)),
    ...resources.flatMap(checkTexts),
  ];
}

function bytesOf(value: Json): number {
  return Buffer.byteLength(typeof value === 'string' ? value : '');
}

/** A resource as messages call it; what it says of itself leads to the step it is for. */
function subjectOf(logicalId: string, { Description: text }: JsonObject): string {
  return typeof text === 'string' && text !== '' && text.length < 200 ? `"${logicalId}" (${text})` : `"${logicalId}"`;
}

/** Properties of the role that is given a managed policy, which has no words of its own. */
function holderOf(policy: string, all: readonly Resource[]): JsonObject {
  const isGiven = ({ properties }: Resource) =>
    asArray(properties.ManagedPolicyArns).some((arn) => asObject(arn).Ref === policy);
  return all.find((each) => each.type === 'AWS::IAM::Role' && isGiven(each))?.properties ?? {};
}

function checkTexts({ logicalId, type, properties }: Resource): Problem[] {
  const subject = subjectOf(logicalId, properties);
  switch (type) {
    case 'AWS::IAM::Role':
      return checkNumber(limits.roleDescription, subject, literalLength(properties.Description ?? ''));
    case 'AWS::CodeBuild::Project':
      return [
        ...checkNumber(limits.projectDescription, subject, literalLength(properties.Description ?? '')),
        ...checkNumber(limits.buildSpec, subject, literalLength(asObject(properties.Source).BuildSpec ?? '')),
      ];
    case 'AWS::Lambda::Function': {
      const variables = Object.entries(asObject(asObject(properties.Environment).Variables));
      const bytes = variables.reduce((sum, [name, value]) => sum + bytesOf(name) + bytesOf(value), 0);
      return checkNumber(limits.functionVariables, subject, bytes);
    }
    default:
      return [];
  }
}

function checkPolicies({ logicalId, type, properties }: Resource, all: readonly Resource[]): Problem[] {
  const size = (document: Json | undefined) => (document === undefined ? 0 : literalDocumentLength(document));
  const subject = subjectOf(logicalId, type === 'AWS::IAM::ManagedPolicy' ? holderOf(logicalId, all) : properties);
  switch (type) {
    case 'AWS::IAM::Role': {
      const documents = asArray(properties.Policies).map((policy) => size(asObject(policy).PolicyDocument));
      const inline = documents.reduce((sum, length) => sum + length, 0);
      return [
        ...checkNumber(limits.trustPolicy, subject, size(properties.AssumeRolePolicyDocument)),
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
