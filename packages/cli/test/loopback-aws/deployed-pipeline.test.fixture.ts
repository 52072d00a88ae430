/** The actions of the pipeline that is deployed, and what CodePipeline's CloudFormation actions ask for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './ask.test.fixture.ts';
import type { LoopbackAws } from './loopback-aws.test.fixture.ts';

export interface DeployedAction {
  readonly name: string;
  readonly stage: string;
  /** Of what it calls. */
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  readonly namespace?: string;
  readonly configuration: Readonly<Record<string, string>>;
}

interface ActionProperties {
  readonly Name: string;
  readonly Region?: string;
  readonly RoleArn: string;
  readonly Namespace?: string;
  readonly Configuration?: Readonly<Record<string, string>>;
}

export function actionsOf({ world }: LoopbackAws): DeployedAction[] {
  return world.store.all('AWS::CodePipeline::Pipeline').flatMap(({ region, account, properties }) => {
    const stages = properties.Stages as { Name: string; Actions: ActionProperties[] }[];
    return stages.flatMap(({ Name: stage, Actions }) =>
      Actions.map(({ Name, Region = region, RoleArn, Namespace, Configuration = {} }) => ({
        ...{ name: Name, stage, region: Region, roleArn: RoleArn, configuration: Configuration },
        ...(Namespace === undefined ? {} : { namespace: Namespace }),
        account: RoleArn?.split(':')[4] ?? account,
      })),
    );
  });
}

export function getAction(aws: LoopbackAws, name: string): DeployedAction {
  const actions = actionsOf(aws);
  const found = actions.find((action) => action.name === name);
  if (!found) throw new Error(`the deployed pipeline has no action ${name}, but ${actions.map((each) => each.name)}`);
  return found;
}

/**
 * Makes a change set as the action does, with its role: CodePipeline User Guide, "CloudFormation deploy action reference".
 * "CHANGE_SET_REPLACE creates the change set, if it doesn't exist"; one that exists is deleted first.
 */
export function prepareStack(aws: LoopbackAws, action: DeployedAction, assembly: string): void {
  const { StackName = '', ChangeSetName = '', TemplatePath = '', RoleArn, Capabilities = '' } = action.configuration;
  const role = aws.world.store.findByArn(action.roleArn);
  if (!role) throw new Error(`there is no role ${action.roleArn}`);
  const { account, region } = action;
  const caller = { account, role, session: 'CodePipeline', arn: role.arn };
  const call = (operation: string, input: Readonly<Record<string, unknown>>) =>
    ask(aws.world, {
      caller,
      region,
      service: 'cloudformation',
      operation,
      input: { StackName, ChangeSetName, ...input },
    });
  const stack = aws.world.stacks.find(
    (each) => each.name === StackName && each.account === account && each.region === region,
  );
  if (stack) call('DeleteChangeSet', {});
  call('CreateChangeSet', {
    ChangeSetType: stack && stack.status !== 'REVIEW_IN_PROGRESS' ? 'UPDATE' : 'CREATE',
    TemplateBody: readFileSync(join(assembly, TemplatePath.split('::')[1] ?? ''), 'utf8'),
    Capabilities: Capabilities.split(','),
    RoleARN: RoleArn,
  });
}
