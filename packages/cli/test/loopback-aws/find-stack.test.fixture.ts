/** Finds the stack or change set that an operation names, when the caller may ask for it. */
import { AwsFault, validationError } from './fault.test.fixture.ts';
import { type ChangeSet, isDeleted, type Stack } from './stack.test.fixture.ts';
import type { Operation } from './world.test.fixture.ts';

export const textOf = (value: unknown) => (value === undefined ? undefined : String(value));

export const stacksOf = ({ world, account, region }: Operation) =>
  world.stacks.filter((stack) => stack.account === account && stack.region === region);

/** By ID also where it was deleted: API Reference, `DescribeStacks`. */
export function findStack(operation: Operation, name: string): Stack | undefined {
  return stacksOf(operation).find((stack) => stack.id === name || (stack.name === name && !isDeleted(stack)));
}

export function getStack(operation: Operation, action: string): Stack {
  const name = String(operation.input.StackName);
  const stack = findStack(operation, name);
  allow(operation, action, stack, name);
  if (!stack) throw validationError(`Stack with id ${name} does not exist`);
  return stack;
}

export function getChangeSet(operation: Operation, action: string): ChangeSet {
  const name = String(operation.input.ChangeSetName);
  const stackName = textOf(operation.input.StackName);
  const stack = stackName === undefined ? undefined : findStack(operation, stackName);
  const all = stacksOf(operation).flatMap(({ changeSets }) => [...changeSets.values()]);
  const found = all.find((each) => each.id === name || (each.name === name && each.stack === stack));
  allow(operation, action, found?.stack ?? stack, stackName ?? '*');
  if (!found) throw new AwsFault('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, 404);
  return found;
}

/** Service Authorization Reference: the resource of operations on change sets is their stack. */
export function allow(operation: Operation, action: string, stack: Stack | undefined, name: string): void {
  const { account, region } = operation;
  const arn = stack?.id ?? `arn:aws:cloudformation:${region}:${account}:stack/${name}/*`;
  operation.authorize(`cloudformation:${action}`, arn);
}
