/** Keeps a resource when its stack is deleted, but not when the operation that created it is rolled back. */
import type { CfnResource } from 'aws-cdk-lib';
import type { CdkModules } from '../aws/modules.ts';

/**
 * Sets `DeletionPolicy: RetainExceptOnCreate` and `UpdateReplacePolicy: Retain`. With `Retain` a first deployment that fails
 * leaves the resource behind, and the next one meets its name. Every resource that takes a DeletionPolicy takes this value;
 * an UpdateReplacePolicy does not: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function keepOnceCreated({ core }: CdkModules, resource: CfnResource): void {
  resource.applyRemovalPolicy(core.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
}
