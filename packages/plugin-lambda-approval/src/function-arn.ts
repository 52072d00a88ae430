/** The ARN of an existing function. */
import type { Environment } from '@cdkpipe/core';

export interface FunctionArn extends Environment {
  readonly name: string;
}

/** Without version or alias: CodePipeline takes a function's name only. */
export const functionArnPattern =
  /^arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):function:(?<name>[A-Za-z0-9_-]{1,64})$/;

export function readFunctionArn(arn: string): FunctionArn {
  const { region = '', account = '', name = '' } = functionArnPattern.exec(arn)?.groups ?? {};
  return { region, account, name };
}
