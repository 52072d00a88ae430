/** Reads the template of a stack that is deployed. */
import { asTemplate, type OwnStack } from '@cdkpipe/core/host';
import { clientSettings, inTime } from './in-time.ts';
import type { AwsSession } from './session.ts';

/**
 * The template as it was given to CloudFormation:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
 *
 * @returns undefined where there is no such stack
 * @throws whatever the SDK throws, and SyntaxError for a template that is not JSON, which the CDK always writes
 */
export async function readDeployedTemplate(
  { stackName, env, lookupRoleArn, lookupExternalId }: OwnStack,
  session: AwsSession,
): Promise<OwnStack['template'] | undefined> {
  if (env === undefined) return undefined;
  const { CloudFormationClient, GetTemplateCommand } = await import('@aws-sdk/client-cloudformation');
  const credentials =
    env.account === session.account || lookupRoleArn === undefined
      ? session.credentials
      : session.assume(env, { arn: lookupRoleArn, externalId: lookupExternalId });
  const client = new CloudFormationClient({ ...clientSettings, region: env.region, credentials });
  try {
    const { TemplateBody = '' } = await inTime((abortSignal) =>
      client.send(new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }), { abortSignal }),
    );
    return asTemplate(JSON.parse(TemplateBody), stackName);
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}
