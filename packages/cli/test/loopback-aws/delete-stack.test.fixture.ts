/** `DeleteStack`: User Guide, "Delete a stack". */
import { deleteResources } from './execute-change-set.test.fixture.ts';
import { AwsFault, validationError } from './fault.test.fixture.ts';
import { allow, findStack, textOf } from './find-stack.test.fixture.ts';
import { enter, isDeleted, type Stack } from './stack.test.fixture.ts';
import { refuseWhileUsed } from './stack-outputs.test.fixture.ts';
import type { Handler, World } from './world.test.fixture.ts';

export const deleteStack: Handler = (operation) => {
  const name = String(operation.input.StackName);
  const stack = findStack(operation, name);
  allow(operation, 'DeleteStack', stack, name);
  if (stack?.isProtected)
    throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  if (stack && !isDeleted(stack)) deleteAll(operation.world, stack, textOf(operation.input.ClientRequestToken));
  return {};
};

function deleteAll(world: World, stack: Stack, token: string | undefined): void {
  enter(stack, 'DELETE_IN_PROGRESS', token, 'User Initiated');
  try {
    for (const name of stack.exports.keys()) refuseWhileUsed(name, stack, world.stacks);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    enter(stack, 'DELETE_FAILED', token, error.message);
    return;
  }
  const resources = [...stack.resources].toReversed();
  const isClean = deleteResources({ world, stack, token }, resources, ['Retain', 'RetainExceptOnCreate']);
  if (isClean) Object.assign(stack, { resources: new Map(), exports: new Map(), imports: new Set() });
  stack.changeSets.clear();
  enter(stack, isClean ? 'DELETE_COMPLETE' : 'DELETE_FAILED', token);
}
