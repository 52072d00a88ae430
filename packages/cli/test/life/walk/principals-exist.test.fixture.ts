/**
 * Principals that a policy names and that do not exist when it is written: IAM, S3, KMS and SNS refuse such a policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html
 */
import type { Cloud } from '../cloud/cloud.test.fixture.ts';
import { type DeployedResource, type DeployedStack, type Json, madeBefore } from '../cloud/template.test.fixture.ts';
import { listOf, type Statement } from '../iam/policy.test.fixture.ts';

/** The documents of a resource that name principals. */
const documents: Readonly<Record<string, (properties: Json) => Json>> = {
  'AWS::IAM::Role': ({ AssumeRolePolicyDocument }) => AssumeRolePolicyDocument,
  'AWS::S3::BucketPolicy': ({ PolicyDocument }) => PolicyDocument,
  'AWS::SNS::TopicPolicy': ({ PolicyDocument }) => PolicyDocument,
  'AWS::KMS::Key': ({ KeyPolicy }) => KeyPolicy,
};

/** @param cloud what is deployed before the stack; a line each */
export function missingPrincipals(stack: DeployedStack, cloud: Cloud): string[] {
  return stack.resources.flatMap((resource) => {
    const before = madeBefore(stack, resource.logicalId);
    return rolesIn(resource)
      .filter((arn) => !cloud.hasRole(arn) && !before.some(({ names }) => names.arn === arn))
      .map((arn) => `${stack.name}: ${resource.logicalId} names ${arn}, which does not exist when it is written`);
  });
}

function rolesIn({ type, properties }: DeployedResource): string[] {
  const document = documents[type]?.(properties);
  return listOf<Statement>(document?.Statement).flatMap(({ Principal }) =>
    typeof Principal === 'object' ? listOf(Principal.AWS).filter((arn) => arn.includes(':role/')) : [],
  );
}
