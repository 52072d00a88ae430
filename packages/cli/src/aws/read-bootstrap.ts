/** Reads the bootstrap stack of an environment. */
import type { Environment } from '@cdkpipe/core';
import { clientSettings, inTime } from './in-time.ts';
import type { AwsCredentials } from './session.ts';

/** The version that a parameter of Systems Manager holds; undefined where there is none. */
export async function readBootstrapVersion(
  { region }: Environment,
  name: string,
  credentials: AwsCredentials,
): Promise<number | undefined> {
  const { GetParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const client = new SSMClient({ ...clientSettings, region, credentials });
  try {
    const { Parameter } = await inTime((abortSignal) =>
      client.send(new GetParameterCommand({ Name: name }), { abortSignal }),
    );
    return Number(Parameter?.Value);
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
}

export interface BootstrapStack {
  readonly qualifier?: string;
  readonly trusted: readonly string[];
  readonly hasExecutionPolicies: boolean;
}

/** The stack that `cdk bootstrap` makes where nobody names another; undefined where it is not there. */
export async function readBootstrapStack(
  { region }: Environment,
  credentials: AwsCredentials,
): Promise<BootstrapStack | undefined> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({ ...clientSettings, region, credentials });
  try {
    const { Stacks = [] } = await inTime((abortSignal) =>
      client.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }), { abortSignal }),
    );
    const parameters = new Map(Stacks[0]?.Parameters?.map((each) => [each.ParameterKey, each.ParameterValue]));
    const qualifier = parameters.get('Qualifier');
    return {
      ...(qualifier === undefined ? {} : { qualifier }),
      trusted: listOf(parameters.get('TrustedAccounts')),
      hasExecutionPolicies: listOf(parameters.get('CloudFormationExecutionPolicies')).length > 0,
    };
  } catch (error) {
    if (error instanceof Error && error.message.includes('does not exist')) return undefined;
    throw error;
  }
}

function listOf(text = ''): string[] {
  return text.split(',').filter((part) => part !== '');
}
