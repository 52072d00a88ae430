/** What of the stacks cannot be deployed by roles that may do as little as possible. */
import type { Assembly, Problem } from '@cdkpipe/core';
import { executionRoleMissing } from '../problems/plans.ts';

export function checkAssembly({ deployments }: Assembly): Problem[] {
  return deployments.flatMap(({ name, stacks }) =>
    stacks.flatMap((stack) => (stack.executionRoleArn === undefined ? [executionRoleMissing(stack.id, name)] : [])),
  );
}
