/** `CreateChangeSet`: checks whether the stack may get one, and reads template and parameters as the caller. */
import { checkCapabilities } from './capabilities.test.fixture.ts';
import { makeChangeSet } from './change-set.test.fixture.ts';
import { AwsFault, validationError } from './fault.test.fixture.ts';
import { allow, findStack, textOf } from './find-stack.test.fixture.ts';
import { readObjectAt } from './s3.test.fixture.ts';
import { findParameter } from './ssm.test.fixture.ts';
import { enter, newStack, type Stack } from './stack.test.fixture.ts';
import type { Handler, Operation } from './world.test.fixture.ts';

/** Quotas of CloudFormation: "Template body size", in a request and in an S3 object. */
const limits = { body: 51_200, object: 1_000_000 } as const;

export const createChangeSet: Handler = (operation) => {
  const { input, world } = operation;
  const [stackName, name] = [String(input.StackName), String(input.ChangeSetName)];
  const found = findStack(operation, stackName);
  allow(operation, 'CreateChangeSet', found, stackName);
  const roleArn = textOf(input.RoleARN);
  const context = { 'iam:PassedToService': 'cloudformation.amazonaws.com' };
  if (roleArn !== undefined) operation.authorize('iam:PassRole', roleArn, { context });
  checkType(String(input.ChangeSetType ?? 'UPDATE'), found, name, stackName);
  const templateText = readTemplateText(operation, found);
  checkCapabilities(templateText, listOf(input.Capabilities));
  const stack = found ?? newStack(stackName, operation);
  if (stack.changeSets.has(name)) throw new AwsFault('AlreadyExistsException', `ChangeSet ${name} already exists`);
  const changeSet = makeChangeSet({
    ...{ stack, name, templateText, tags: input.Tags, roleArn, stacks: world.stacks },
    parameters: listOf(input.Parameters),
    findParameter: (parameter) => readParameter(operation, parameter),
  });
  if (!found) {
    world.stacks.push(stack);
    enter(stack, 'REVIEW_IN_PROGRESS', undefined, 'User Initiated');
  }
  stack.changeSets.set(name, changeSet);
  return { Id: changeSet.id, StackId: stack.id };
};

/** The query protocol writes an empty list as an empty text. */
const listOf = <T>(value: unknown): T[] => (Array.isArray(value) ? value : []);

/** API Reference, `CreateChangeSet`; User Guide, "Stack status codes" for `ROLLBACK_COMPLETE`. */
function checkType(type: string, stack: Stack | undefined, changeSet: string, name: string): void {
  if (type === 'CREATE' && stack && stack.status !== 'REVIEW_IN_PROGRESS')
    throw validationError(
      `Stack [${name}] already exists and cannot be created again with the changeSet [${changeSet}].`,
    );
  if (type === 'UPDATE' && !stack) throw validationError(`Stack [${name}] does not exist`);
  if (type === 'UPDATE' && stack && !/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(stack.status))
    throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

function readTemplateText(operation: Operation, stack: Stack | undefined): string {
  const { TemplateBody, TemplateURL, UsePreviousTemplate } = operation.input;
  if (UsePreviousTemplate === 'true') return stack?.templateText ?? '';
  if (TemplateURL === undefined) return within(limits.body, String(TemplateBody ?? ''));
  return within(limits.object, readObjectAt(operation, String(TemplateURL)));
}

function within(limit: number, text: string): string {
  if (Buffer.byteLength(text) > limit) throw validationError(`Template may not exceed ${limit} bytes in size.`);
  return text;
}

/** CloudFormation reads parameters as the caller: bootstrap template of the CDK, statement `ReadVersion`. */
function readParameter(operation: Operation, name: string): string | undefined {
  const { world, account, region } = operation;
  const arn = `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
  operation.authorize('ssm:GetParameters', arn);
  return findParameter(world, operation, name);
}
