/** Finds the roles that an emitted action works with, and what they may do. */
import type { EmittedRole } from '@cdkpipe/core';
import { asArray, type EmittedAction, type Json } from '../inspect/read-template.ts';
import type { EmittedResources, PlacedResource } from './emitted-resources.ts';
import { statementsOf } from './statements-of.ts';

export interface EmittedWork {
  readonly action: EmittedAction;
  /** The project or function that the action starts. */
  readonly worker: PlacedResource | undefined;
  readonly pipeline: PlacedResource | undefined;
  readonly resources: EmittedResources;
  /** The pipeline's stack. */
  readonly stack: string;
}

/** In the order in which they are assumed. A manual approval needs none. */
export function rolesOf({ action, worker, pipeline, resources, stack }: EmittedWork): EmittedRole[] {
  if (action.category === 'Approval') return [];
  const starts = action.roleArn ?? pipeline?.properties.RoleArn;
  const use =
    action.roleArn === undefined
      ? "CodePipeline performs the action with it; the pipeline's role, shared by all actions without one of their own"
      : 'CodePipeline assumes it to perform the action';
  const runs = worker?.properties.ServiceRole ?? worker?.properties.Role;
  const service = action.configuration.RoleArn;
  return [
    ...(starts === undefined ? [] : [roleOf(stack, starts, use, resources)]),
    ...(worker === undefined || runs === undefined ? [] : [roleOf(worker.stack, runs, useOf(worker), resources)]),
    ...(service === undefined
      ? []
      : [roleOf(stack, service, 'CloudFormation assumes it to change the resources of the stack', resources)]),
  ];
}

function useOf({ type }: PlacedResource): string {
  return type === 'AWS::Lambda::Function' ? 'the function runs with it' : 'the commands run with it';
}

/** A role of others, such as one of the CDK's bootstrap stack, has no statements here. */
function roleOf(stack: string, value: Json, use: string, resources: EmittedResources): EmittedRole {
  const role = resources.refer(stack, value);
  if (role === undefined)
    return { name: typeof value === 'string' ? value : JSON.stringify(value), use, statements: [] };
  const { RoleName } = role.properties;
  return {
    name: typeof RoleName === 'string' ? RoleName : role.logicalId,
    use,
    stack: role.stack,
    statements: [role, ...policiesOf(role, resources)].flatMap(statementsOf),
  };
}

/** Managed policies that it is given, and policies of any stack that are attached to it. */
function policiesOf(role: PlacedResource, resources: EmittedResources): PlacedResource[] {
  const given = asArray(role.properties.ManagedPolicyArns).flatMap((arn) => resources.refer(role.stack, arn) ?? []);
  const attached = resources.all.filter(
    ({ stack, properties }) =>
      properties.PolicyDocument !== undefined &&
      asArray(properties.Roles).some((each) => resources.refer(stack, each) === role),
  );
  return [...new Set([...given, ...attached])];
}
