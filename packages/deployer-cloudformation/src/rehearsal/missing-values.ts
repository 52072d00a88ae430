/** Finds values that a stack reads and that do not exist yet in the rehearsed account: where AWS would fail. */
import { type AssembledStack, makesValue, type TakenValue } from '@cdkpipe/core';
import type { StackTarget } from '../contract/deployer.ts';
import type { Template } from './template-diff.ts';

export interface MissingValue {
  /** What CloudFormation says about it. */
  readonly reason: string;
  /** ID of the stack that makes it. */
  readonly maker: string;
}

/**
 * Only values that a template of the deployment makes: what else an account has, a rehearsal does not know.
 *
 * @param text of the template that reads them
 * @param standing templates that count as deployed for a stack of the deployment
 */
export function findMissingValues(
  { stack, deployedTogether }: StackTarget,
  text: string,
  readAt: readonly TakenValue['readAt'][],
  standing: (maker: AssembledStack) => readonly string[],
): MissingValue[] {
  return stack.imports.flatMap((value) => {
    if (value.doubt !== undefined || !readAt.includes(value.readAt)) return [];
    const maker = deployedTogether.find(({ id }) => id === value.stack);
    if (maker === undefined || standing(maker).some((template) => isMade(value, maker, template))) return [];
    return [{ reason: reasonOf(value, maker, JSON.parse(text) as Template), maker: maker.id }];
  });
}

function isMade(value: TakenValue, { stackName, env, parameters = {} }: AssembledStack, text: string): boolean {
  return makesValue({ template: JSON.parse(text) as Template, text, stackName, env, parameters }, value);
}

function reasonOf({ kind, value }: TakenValue, maker: AssembledStack, reader: Template): string {
  switch (kind) {
    case 'export':
      return `No export named ${value} found.`;
    case 'output':
      return `the stack ${maker.stackName} has no output ${value}`;
    case 'parameter':
      return isTemplateParameter(reader, value)
        ? `Unable to fetch parameters [${value}] from parameter store for this account.`
        : `Parameters: [ssm:${value}] cannot be found.`;
    case 'secret':
      return `Secrets Manager can't find the specified secret: ${value}`;
    case 'key pair':
    case 'security group':
      return `Parameter validation failed: the ${kind} ${value} does not exist`;
    case 'macro':
      return `No transform named ${value} found.`;
    case 'resource type':
      return `Template format error: Unrecognized resource types: [${value}]`;
  }
}

function isTemplateParameter({ Parameters = {} }: Template, value: string): boolean {
  const declared = Object.values(Parameters as Record<string, { Type?: unknown; Default?: unknown }>);
  return declared.some(({ Type, Default }) => String(Type).startsWith('AWS::SSM::Parameter::') && Default === value);
}
