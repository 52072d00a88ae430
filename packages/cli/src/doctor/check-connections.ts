/** Looks at the connections of the sources: one that was never completed is the classic first failure of a pipeline. */
import { type Environment, environmentName, type Pipeline, type Source } from '@cdkpipe/core';
import type { BootstrapNeeds } from '@cdkpipe/core/host';
import { getConnectionStatus } from '../aws/get-connection.ts';
import type { AwsSession } from '../aws/session.ts';
import { describeFault } from './describe-fault.ts';
import type { Finding } from './finding.ts';

export function connectionsOf({ source, additionalSources }: Pipeline): string[] {
  const sources: readonly Source[] = [source, ...additionalSources.map((each) => each.source)];
  return [...new Set(sources.flatMap((each) => (each.type === 'connection' ? [each.connectionArn] : [])))];
}

/** @param needs where a lookup role is found for an account that is not that of the credentials */
export async function checkConnection(
  arn: string,
  session: AwsSession,
  needs: readonly BootstrapNeeds[],
): Promise<Finding> {
  const [, , , region = '', account = ''] = arn.split(':');
  const base = { check: 'connection', subject: arn };
  try {
    const status = await getConnectionStatus(arn, credentialsFor({ account, region }, session, needs));
    if (status === 'AVAILABLE') return { ...base, status: 'ok', message: 'the connection is available' };
    const message =
      status === 'PENDING'
        ? 'the connection is pending: nobody has completed it at the provider, so that no source can be read'
        : `the state of the connection is ${status}`;
    return { ...base, status: 'failure', message, fix: consoleFix(region, session) };
  } catch (error) {
    const isMissing = error instanceof Error && error.name === 'ResourceNotFoundException';
    return {
      ...base,
      status: isMissing ? 'failure' : 'warning',
      message: `the state of the connection could not be read: ${describeFault(error)}`,
      fix: isMissing
        ? `create it and name its ARN in the definition: ${consoleAddress(region, session)}`
        : `aws codeconnections get-connection --connection-arn ${arn} --region ${region}`,
    };
  }
}

function credentialsFor(env: Environment, session: AwsSession, needs: readonly BootstrapNeeds[]) {
  if (env.account === session.account) return session.credentials;
  const there = needs.find((each) => environmentName(each.env) === environmentName(env) && each.lookupRoleArn);
  if (there?.lookupRoleArn === undefined) return session.credentials;
  return session.assume(env, { arn: there.lookupRoleArn, externalId: there.lookupExternalId });
}

/** Only the console completes a connection: https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html */
function consoleFix(region: string, session: AwsSession): string {
  return `choose "Update pending connection" at ${consoleAddress(region, session)}`;
}

const consoles: Readonly<Record<string, string>> = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

function consoleAddress(region: string, { partition }: AwsSession): string {
  return `https://${consoles[partition] ?? 'console.aws.amazon.com'}/codesuite/settings/connections?region=${region}`;
}
