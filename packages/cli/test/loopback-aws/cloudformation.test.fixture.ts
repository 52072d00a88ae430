/** AWS CloudFormation: operations on stacks and change sets. */
import { createChangeSet } from './create-change-set.test.fixture.ts';
import { deleteStack } from './delete-stack.test.fixture.ts';
import { executeChangeSet } from './execute-change-set.test.fixture.ts';
import { AwsFault } from './fault.test.fixture.ts';
import { getChangeSet, getStack, stacksOf, textOf } from './find-stack.test.fixture.ts';
import { isDeleted } from './stack.test.fixture.ts';
import { changeSetXml, eventXml, resourceXml, stackXml } from './stack-views.test.fixture.ts';
import type { Handlers } from './world.test.fixture.ts';

export const cloudFormation: Handlers = {
  CreateChangeSet: createChangeSet,
  DescribeChangeSet: (operation) => changeSetXml(getChangeSet(operation, 'DescribeChangeSet')),
  // One that does not exist is no fault: API Reference, `DeleteChangeSet`, "Errors".
  DeleteChangeSet: (operation) => {
    const stack = getStack(operation, 'DeleteChangeSet');
    for (const { id, name } of [...stack.changeSets.values()])
      if ([id, name].includes(String(operation.input.ChangeSetName))) stack.changeSets.delete(name);
    return {};
  },
  ExecuteChangeSet: (operation) => {
    const changeSet = getChangeSet(operation, 'ExecuteChangeSet');
    const { id, executionStatus: status } = changeSet;
    if (status !== 'AVAILABLE')
      throw new AwsFault('InvalidChangeSetStatus', `ChangeSet [${id}] cannot be executed in its status of [${status}]`);
    executeChangeSet(operation.world, changeSet, textOf(operation.input.ClientRequestToken));
    return {};
  },
  DeleteStack: deleteStack,
  UpdateTerminationProtection: (operation) => {
    const stack = getStack(operation, 'UpdateTerminationProtection');
    stack.isProtected = operation.input.EnableTerminationProtection === 'true';
    return { StackId: stack.id };
  },
  DescribeStacks: (operation) => {
    if (operation.input.StackName !== undefined) return { Stacks: [stackXml(getStack(operation, 'DescribeStacks'))] };
    operation.authorize('cloudformation:DescribeStacks', '*');
    return {
      Stacks: stacksOf(operation)
        .filter((stack) => !isDeleted(stack))
        .map(stackXml),
    };
  },
  ListStacks: (operation) => {
    operation.authorize('cloudformation:ListStacks', '*');
    return { StackSummaries: stacksOf(operation).map(stackXml) };
  },
  DescribeStackEvents: (operation) => {
    const stack = getStack(operation, 'DescribeStackEvents');
    return { StackEvents: stack.events.toReversed().map((event) => eventXml(stack, event)) };
  },
  DescribeStackResources: (operation) => ({
    StackResources: resourceXml(getStack(operation, 'DescribeStackResources')),
  }),
  ListStackResources: (operation) => ({
    StackResourceSummaries: resourceXml(getStack(operation, 'ListStackResources')),
  }),
  GetTemplate: (operation) => {
    const isOfChangeSet = operation.input.ChangeSetName !== undefined;
    const of = isOfChangeSet ? getChangeSet(operation, 'GetTemplate') : getStack(operation, 'GetTemplate');
    return { TemplateBody: of.templateText };
  },
};
