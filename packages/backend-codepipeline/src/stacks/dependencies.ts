/** Declares dependencies under the names that the project's release of aws-cdk-lib has for them. */
import type { CfnResource, Stack } from 'aws-cdk-lib';

/** Deploys `stack` after `other`. Newer releases deprecate the old name and warn when it is used; older ones have no other. */
export function deployAfter(stack: Stack, other: Stack, reason: string): void {
  if (hasMethod(stack, 'addStackDependency')) stack.addStackDependency(other, reason);
  else stack.addDependency(other, reason);
}

/** Creates `resource` after `other`, as {@link deployAfter} does for stacks. */
export function createAfter(resource: CfnResource, other: CfnResource): void {
  if (hasMethod(resource, 'addResourceDependency')) resource.addResourceDependency(other);
  else resource.addDependency(other);
}

/** The types are those of the newest release. */
function hasMethod(target: object, name: string): boolean {
  return name in target;
}
