/** Has CloudFormation create the pipeline after everything else in its stack. */
import type { CfnResource } from 'aws-cdk-lib';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import type { IConstruct } from 'constructs';
import { valueRoleId } from '../codebuild/read-across-accounts.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { createAfter } from '../stacks/dependencies.ts';

/** What the pipeline, or another resource that is created before it, refers to anyway. */
const referredTo = new Set([
  'AWS::CodeBuild::Project',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
]);

/**
 * A pipeline starts as soon as it is created and stores its source in the artifact bucket
 * (https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create.html). If another resource failed after that,
 * CloudFormation could not remove the bucket, as it is not empty, and the rollback of a first deployment would fail.
 *
 * @param madeWithIt constructs that were made together with the pipeline; those of an author may refer to it
 */
export function createLast({ cdk, stack }: Drawing, pipeline: CfnPipeline, madeWithIt: ReadonlySet<IConstruct>): void {
  for (const construct of stack.node.findAll()) {
    if (madeWithIt.has(construct) || !cdk.core.CfnResource.isCfnResource(construct)) continue;
    const resource: CfnResource = construct;
    // A webhook names the pipeline that it starts.
    if (resource.cfnResourceType === 'AWS::CodePipeline::Webhook') continue;
    if (referredTo.has(resource.cfnResourceType) && resource.node.id !== valueRoleId) continue;
    createAfter(pipeline, resource);
  }
}
