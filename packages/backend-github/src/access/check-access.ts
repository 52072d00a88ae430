/** Holds the documents of roles against the limits of IAM, before CloudFormation would refuse them. */
import type { Problem } from '@cdkpipe/core';
import { limits } from '../github/limits.ts';
import { outsideLimit } from '../problems/emitted.ts';
import type { AccessStack } from './access-stack.ts';
import { policyDocument, trustDocument } from './draw-access.ts';

export function checkAccess(stacks: readonly AccessStack[]): Problem[] {
  return stacks.flatMap(({ roles }) =>
    roles.flatMap(({ name, trust, grants }) => {
      const subject = `the role ${name}`;
      return [
        ...within(limits.inlinePolicies, subject, policyDocument(grants)),
        ...within(limits.trustPolicy, subject, trustDocument(trust)),
      ];
    }),
  );
}

function within(
  limit: (typeof limits)['inlinePolicies' | 'trustPolicy'],
  subject: string,
  document: object,
): Problem[] {
  const { length } = JSON.stringify(document);
  return length > limit.max ? [outsideLimit(limit, subject, length)] : [];
}
