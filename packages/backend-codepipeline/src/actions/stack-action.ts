/** Draws the CloudFormation actions that prepare and execute a stack. */
import {
  type AssembledStack,
  type ExecuteNode,
  type PrepareNode,
  refused,
  refuseIfAny,
  unreachable,
} from '@cdkpipe/core';
import type { ActionDeclaration } from '../contract/action-declaration.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { findAccountOfRole } from '../iam/arns.ts';
import { changeSetName, templatesArtifact } from '../names/names.ts';
import {
  deployRoleMissing,
  externalIdUnsupported,
  parameterWithoutValue,
  roleOptionsUnsupported,
} from '../problems/stacks.ts';
import { roleArn } from '../stacks/bootstrap-roles.ts';
import { writeTemplateConfiguration } from './template-configuration.ts';

export function drawPrepare(drawing: Drawing, node: PrepareNode): ActionDeclaration {
  const stack = getStack(drawing, node);
  return stackAction(drawing, node, stack, {
    ActionMode: 'CHANGE_SET_REPLACE',
    ChangeSetName: changeSetName,
    ...templateOf(drawing, node, stack),
  });
}

export function drawExecute(drawing: Drawing, node: ExecuteNode): ActionDeclaration {
  const stack = getStack(drawing, node);
  if (node.changeSet)
    return stackAction(drawing, node, stack, { ActionMode: 'CHANGE_SET_EXECUTE', ChangeSetName: changeSetName });
  return stackAction(drawing, node, stack, { ActionMode: 'CREATE_UPDATE', ...templateOf(drawing, node, stack) });
}

type StackNode = PrepareNode | ExecuteNode;

function getStack({ context }: Drawing, node: StackNode): AssembledStack {
  const deployment = context.assembly.deployments.find(({ name }) => name === node.deployment);
  const stack = deployment?.stacks.find(({ id }) => id === node.stack);
  return stack ?? unreachable(`the plan deploys ${node.deployment}/${node.stack}, which the assembly does not hold`);
}

function templateOf(drawing: Drawing, node: StackNode, stack: AssembledStack): Record<string, string> {
  const { cdk, context } = drawing;
  const place = { path: node.path, node: node.id };
  if (stack.openParameters) throw refused([parameterWithoutValue(stack.stackName, stack.openParameters, place)]);
  const configuration = writeTemplateConfiguration(context.app.outdir, stack);
  return {
    TemplatePath: `${templatesArtifact}::${stack.templateFile}`,
    ...(configuration === undefined ? {} : { TemplateConfiguration: `${templatesArtifact}::${configuration}` }),
    Capabilities: 'CAPABILITY_NAMED_IAM,CAPABILITY_AUTO_EXPAND',
    ...(stack.executionRoleArn === undefined ? {} : { RoleArn: roleArn(cdk, stack.executionRoleArn, place) }),
  };
}

/** Deploy roles read templates only; one whose action got other inputs from a hook reads these, too. */
export function readHookedInputs({ stores, home }: Drawing, action: ActionDeclaration): void {
  const { provider, inputs = [], roleArn: role, region = home.region } = action;
  const account = findAccountOfRole(role);
  if (provider !== 'CloudFormation' || typeof role !== 'string' || account === undefined) return;
  const artifacts = inputs.filter((input) => input !== templatesArtifact);
  if (artifacts.length > 0) stores.in(region).addReader(account, role, { kind: 'input', artifacts });
}

function stackAction(
  drawing: Drawing,
  node: StackNode,
  stack: AssembledStack,
  configuration: Readonly<Record<string, string>>,
): ActionDeclaration {
  const place = { path: node.path, node: node.id };
  const { stackName, deployExternalId, deployRoleOptions } = stack;
  if (stack.deployRoleArn === undefined) throw refused([deployRoleMissing(stackName, place)]);
  refuseIfAny([
    ...(deployExternalId === undefined ? [] : [externalIdUnsupported(stackName, place)]),
    ...(deployRoleOptions ? [roleOptionsUnsupported('deploy', stackName, deployRoleOptions, place)] : []),
  ]);
  const role = roleArn(drawing.cdk, stack.deployRoleArn, place);
  const { account, region } = stack.env;
  const takesTemplate = 'TemplatePath' in configuration;
  const variables = node.type === 'execute' ? node.outputs : [];
  if (takesTemplate)
    drawing.stores.in(region).addReader(account, role, { kind: 'deploy', artifacts: [templatesArtifact] });
  return {
    category: 'Deploy',
    provider: 'CloudFormation',
    configuration: { ...configuration, StackName: stack.stackName },
    ...(takesTemplate ? { inputs: [templatesArtifact] } : {}),
    ...(variables.length > 0 ? { variables } : {}),
    roleArn: role,
    ...(region === drawing.home.region ? {} : { region }),
    grants: [
      {
        actions: ['sts:AssumeRole'],
        resources: [role],
        reason: 'deploy stacks as the deploy roles of their environments',
      },
    ],
  };
}
