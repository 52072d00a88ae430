/** A stack with everything that is needed to work on it, and how it stands in CloudFormation. */
import { type CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { refused } from '@cdkpipe/core';
import type { DeployTools, StackTarget } from '../contract/deployer.ts';
import * as words from '../problems/problems.ts';
import { type AwsClients, askAws } from './aws-clients.ts';
import { pauses } from './pauses.ts';
import { readStackManifest, type StackManifest } from './stack-manifest.ts';

export interface OpenedStack {
  readonly target: StackTarget;
  readonly manifest: StackManifest;
  readonly clients: AwsClients;
  readonly client: CloudFormationClient;
  readonly tools: DeployTools;
  readonly signal: AbortSignal;
  /** Calls AWS with its refusals put into words. */
  ask<T>(call: string, send: () => Promise<T>): Promise<T>;
}

/** @throws CdkpipeError `CREDENTIALS_OF_OTHER_ACCOUNT` where nothing else would hold the account */
export async function openStack(target: StackTarget, clients: AwsClients, tools: DeployTools): Promise<OpenedStack> {
  const { env, deployRoleArn, stackName } = target.stack;
  const manifest = readStackManifest(target);
  if (deployRoleArn === undefined) {
    const account = await askAws(env, 'sts:GetCallerIdentity', () => clients.callerAccount(env));
    if (account !== env.account) throw refused([words.credentialsOfOtherAccount(stackName, account, env.account)]);
  }
  const role = { arn: deployRoleArn, externalId: manifest.deployExternalId, options: manifest.deployRoleOptions };
  const client = clients.cloudFormation(env, role);
  const ask = <T>(call: string, send: () => Promise<T>) => askAws(env, `cloudformation:${call}`, send);
  return { target, manifest, clients, client, tools, signal: tools.signal, ask };
}

/** @param name name or ARN; a stack that was removed is found by its ARN only */
export async function findStack({ client, signal, ask, target }: OpenedStack, name = target.stack.stackName) {
  return ask('DescribeStacks', async () => {
    try {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }), {
        abortSignal: signal,
      });
      return Stacks[0];
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  });
}

/** CloudFormation has no error of its own for a stack that is not there. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);
}

/** Waits until nobody works on the stack. */
export async function settledStack(opened: OpenedStack, name?: string): Promise<Stack | undefined> {
  for (const pause of pauses()) {
    const stack = await findStack(opened, name);
    if (!stack || !isMoving(stack)) return stack;
    if (pause === firstPause) opened.tools.log(`${stack.StackName} is ${stack.StackStatus}; waiting`);
    await opened.tools.sleep(pause);
  }
  return undefined;
}

const [firstPause] = pauses();

export function isMoving({ StackStatus }: Stack): boolean {
  return StackStatus !== 'REVIEW_IN_PROGRESS' && (StackStatus?.endsWith('_IN_PROGRESS') ?? false);
}

export function outputsOf(stack: Stack | undefined): Record<string, string> {
  return Object.fromEntries(
    (stack?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
      OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue] as const],
    ),
  );
}
