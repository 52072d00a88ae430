/** A group for the log of one project or function. */
import type { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { CdkModules } from '../aws/modules.ts';
import { keepOnceCreated } from '../stacks/keep-once-created.ts';

/**
 * What a gate said outlives the gate: whoever asks why something was deployed may ask after its step was renamed or removed.
 * The group stays with what is in it, which still ends by itself; CloudFormation made its name, so none is in the way.
 *
 * @param days that each event is kept
 */
export function drawLogGroup(cdk: CdkModules, scope: Construct, id: string, days: number): CfnLogGroup {
  const group = new cdk.logs.CfnLogGroup(scope, id, { retentionInDays: days });
  keepOnceCreated(cdk, group);
  return group;
}
