/** Clients of AWS: the credentials of the default chain, then the role that the assembly names. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { type Environment, isCdkpipeError, refused } from '@cdkpipe/core';
import { partitionOf } from '../aws/partition.ts';
import type { CredentialsOf } from '../contract/credentials.ts';
import * as words from '../problems/problems.ts';
import { findOutage } from './find-outage.ts';

export interface Role {
  readonly arn?: string | undefined;
  readonly externalId?: string | undefined;
  /** Whatever else the assembly has STS told, such as session tags, by the names of STS. */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface AwsClients {
  cloudFormation(env: Environment, role: Role): CloudFormationClient;
  s3(env: Environment, role: Role): S3Client;
  /** The account of the credentials themselves, which are those for `env`. */
  callerAccount(env: Environment): Promise<string>;
}

/** The SDK repeats what was throttled; CloudFormation throttles the calls of many stacks at once. */
const retries = { maxAttempts: 8, retryMode: 'standard' } as const;

/** @param credentialsOf in place of the default chain of the SDK */
export function awsClients(run: string, credentialsOf?: CredentialsOf): AwsClients {
  hushNodeVersion();
  const chain = fromNodeProviderChain();
  const ownOf = ({ account }: Environment) => credentialsOf?.(account) ?? chain;
  const made = new Map<string, unknown>();
  const once = <T>(key: readonly unknown[], make: () => T): T => {
    const name = JSON.stringify(key);
    // Each key is used with one type of client only.
    if (!made.has(name)) made.set(name, make());
    return made.get(name) as T;
  };
  const settings = (env: Environment, { arn, externalId, options }: Role) => ({
    ...retries,
    region: env.region,
    credentials:
      arn === undefined
        ? ownOf(env)
        : once(['role', env.account, env.region, arn, externalId, options], () =>
            fromTemporaryCredentials({
              masterCredentials: ownOf(env),
              params: {
                ...options,
                RoleArn: fillPlaceholders(arn, env),
                RoleSessionName: `cdkpipe-${run}`.slice(0, 64),
                ...(externalId === undefined ? {} : { ExternalId: externalId }),
              },
              clientConfig: { region: env.region },
            }),
          ),
  });
  return {
    cloudFormation: (env, role) => once(['cfn', env, role], () => new CloudFormationClient(settings(env, role))),
    s3: (env, role) =>
      once(['s3', env, role], () => new S3Client({ ...settings(env, role), forcePathStyle: hasLoopbackEndpoint() })),
    callerAccount: async (env) => {
      const { region } = env;
      const client = once(['sts', env], () => new STSClient({ ...retries, region, credentials: ownOf(env) }));
      const { Account = '' } = await client.send(new GetCallerIdentityCommand({}));
      return Account;
    },
  };
}

/** Buckets have no host names of their own below a loopback address. */
function hasLoopbackEndpoint(): boolean {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  return endpoint !== undefined && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname);
}

/** What CDK leaves open in ARNs and addresses of the assembly. */
export function fillPlaceholders(text: string, { account, region }: Environment): string {
  const { partition, suffix } = partitionOf(region);
  return text
    .replaceAll('${AWS::Partition}', partition)
    .replaceAll('${AWS::URLSuffix}', suffix)
    .replaceAll('${AWS::AccountId}', account)
    .replaceAll('${AWS::Region}', region);
}

/**
 * @throws CdkpipeError `AWS_REFUSED` for what AWS says no to, `AWS_UNREACHABLE`, `CREDENTIALS_EXPIRED` or
 *   `CREDENTIALS_MISSING` where it could not be asked; aborts and our own refusals pass as they are
 */
export async function askAws<T>(env: Environment, call: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (isCdkpipeError(error) || !(error instanceof Error) || error.name === 'AbortError') throw error;
    const problem = findOutage(env, call, error) ?? words.awsRefused(env, call, error.name, error.message);
    throw refused([problem], { cause: error });
  }
}

/** @throws CdkpipeError `CREDENTIALS_MISSING` */
export async function requireCredentials(): Promise<void> {
  hushNodeVersion();
  try {
    await fromNodeProviderChain()();
  } catch (error) {
    throw refused([words.credentialsMissing(error instanceof Error ? error.message : String(error))], { cause: error });
  }
}

/**
 * The SDK warns of versions of Node that its releases after January 2027 will not run on. Those of this package are
 * older, and whoever runs a pipeline can do nothing about it. Nothing else is silenced; a setting of the user stands.
 */
function hushNodeVersion(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}
