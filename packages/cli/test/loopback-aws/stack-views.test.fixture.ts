/** Stacks, change sets, events and resources as the API shows them. */
import type { ChangeSet, Stack, StackEvent } from './stack.test.fixture.ts';

export function stackXml(stack: Stack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    CreationTime: stack.created,
    EnableTerminationProtection: stack.isProtected,
    RoleARN: stack.roleArn,
    Tags: stack.tags,
    Parameters: Object.entries(stack.parameters.given).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Outputs: [...stack.outputs].map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
  };
}

export function changeSetXml(changeSet: ChangeSet) {
  const { stack, changes } = changeSet;
  return {
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    StackId: stack.id,
    StackName: stack.name,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    ExecutionStatus: changeSet.executionStatus,
    CreationTime: new Date(),
    Tags: changeSet.tags,
    Changes: changes.map(({ action, logicalId, physicalId, type, replacement }) => ({
      Type: 'Resource',
      ResourceChange: {
        Action: action,
        LogicalResourceId: logicalId,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        Replacement: replacement,
      },
    })),
  };
}

export function eventXml(stack: Stack, event: StackEvent) {
  return {
    EventId: event.id,
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ClientRequestToken: event.token,
    Timestamp: event.at,
  };
}

export function resourceXml(stack: Stack) {
  return [...stack.resources].map(([LogicalResourceId, { resource }]) => ({
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId,
    PhysicalResourceId: resource.id,
    ResourceType: resource.type,
    ResourceStatus: 'CREATE_COMPLETE',
    Timestamp: stack.created,
    LastUpdatedTimestamp: stack.created,
  }));
}
