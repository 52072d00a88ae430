/** Who the person at the terminal is for AWS, and as whom other environments are read. */
import type { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { Environment } from '@cdkpipe/core';
import { clientSettings, inTime } from './in-time.ts';

/** Of any source; they are fetched when they are used. */
export type AwsCredentials = ReturnType<typeof fromNodeProviderChain>;

export interface AwsSession {
  /** Account of the credentials themselves. */
  readonly account: string;
  /** The caller as `GetCallerIdentity` gives it. */
  readonly arn: string;
  /** For example `aws`. */
  readonly partition: string;
  /** The credentials themselves. */
  readonly credentials: AwsCredentials;
  /** Credentials of a role. Nothing is asked before they are used. */
  assume(env: Environment, role: AssumedRole): AwsCredentials;
}

export interface AssumedRole {
  /** May have the placeholder `${AWS::Partition}`. */
  readonly arn: string;
  readonly externalId?: string | undefined;
}

/**
 * Finds credentials where the SDK does: https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 *
 * @throws whatever the SDK throws where there are none, or where they are refused
 */
export async function openSession(region: string): Promise<AwsSession> {
  // The SDK warns of releases of Node.js that later versions of it will not support; a setting of the user stays.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const [{ GetCallerIdentityCommand, STSClient }, { fromNodeProviderChain, fromTemporaryCredentials }] =
    await Promise.all([import('@aws-sdk/client-sts'), import('@aws-sdk/credential-providers')]);
  const credentials = fromNodeProviderChain();
  const client = new STSClient({ ...clientSettings, region, credentials });
  const { Account = '', Arn = '' } = await inTime((abortSignal) =>
    client.send(new GetCallerIdentityCommand({}), { abortSignal }),
  );
  const partition = Arn.split(':')[1] ?? 'aws';
  return {
    account: Account,
    arn: Arn,
    partition,
    credentials,
    assume: (env, { arn, externalId }) =>
      fromTemporaryCredentials({
        masterCredentials: credentials,
        params: {
          RoleArn: arn.replaceAll('${AWS::Partition}', partition),
          RoleSessionName: 'cdkpipe',
          ...(externalId === undefined ? {} : { ExternalId: externalId }),
        },
        clientConfig: { ...clientSettings, region: env.region },
      }),
  };
}
