/** The bootstrap roles of CDK, as the pipeline's stacks and the assembly name them. */
import { refused } from '@cdkpipe/core';
import type { Stack } from 'aws-cdk-lib';
import type { CdkModules } from '../aws/modules.ts';
import type { Place } from '../problems/place.ts';
import { rolePlaceholderUnknown } from '../problems/stacks.ts';

/** The ARN with `${AWS::Partition}` as a reference; other placeholders are refused. */
export function roleArn(cdk: CdkModules, arn: string, place: Place): string {
  const filled = arn.replaceAll('${AWS::Partition}', cdk.partition);
  if (filled.includes('${AWS::')) throw refused([rolePlaceholderUnknown(arn, place)]);
  return filled;
}

/**
 * Roles that the CDK CLI takes on to deploy `stack`: one to deploy, one to upload its template and files, and one for
 * images, where it can build them.
 */
export function rolesToDeploy(cdk: CdkModules, stack: Stack, { docker }: { docker: boolean }): string[] {
  const { DefaultStackSynthesizer } = cdk.core;
  const { account, region } = stack;
  const qualifier = findQualifier(cdk, stack) ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  const fill = (arn: string) =>
    arn
      .replaceAll('${Qualifier}', qualifier)
      .replaceAll('${AWS::AccountId}', account)
      .replaceAll('${AWS::Region}', region)
      .replaceAll('${AWS::Partition}', cdk.partition);
  return [
    fill(DefaultStackSynthesizer.DEFAULT_DEPLOY_ROLE_ARN),
    fill(DefaultStackSynthesizer.DEFAULT_FILE_ASSET_PUBLISHING_ROLE_ARN),
    ...(docker ? [fill(DefaultStackSynthesizer.DEFAULT_IMAGE_ASSET_PUBLISHING_ROLE_ARN)] : []),
  ];
}

/** The qualifier of the bootstrap stack that `stack` is deployed with; undefined for the CDK's default. */
export function findQualifier(cdk: CdkModules, { synthesizer }: Stack): string | undefined {
  const { bootstrapQualifier } = synthesizer;
  return bootstrapQualifier === cdk.core.DefaultStackSynthesizer.DEFAULT_QUALIFIER ? undefined : bootstrapQualifier;
}
