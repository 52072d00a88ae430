/** Starts the pipeline when EventBridge sees the source change. */

import type { Drawing } from '../drawing/drawing.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';

export type EventPattern = Readonly<Record<string, unknown>>;

/** @param givenRole ARN of an existing role to use in place of one made for it */
export function drawEventTrigger(drawing: Drawing, eventPattern: EventPattern, givenRole: string | undefined): void {
  const { cdk, stack, pipelineArn } = drawing;
  new cdk.events.CfnRule(stack, 'SourceTrigger', {
    description: 'Starts the pipeline when its source changes',
    eventPattern,
    state: 'ENABLED',
    targets: [{ id: 'Pipeline', arn: pipelineArn, roleArn: givenRole ?? drawTriggerRole(drawing) }],
  });
}

function drawTriggerRole({ cdk, stack, home, pipelineArn }: Drawing): string {
  return drawRole(cdk, stack, 'SourceTriggerRole', {
    service: 'events.amazonaws.com',
    account: home.account,
    sourceArn: `arn:${cdk.partition}:events:${home.region}:${home.account}:rule/*`,
    description: 'Starts the pipeline when its source changes',
    statements: statementsOf([
      {
        actions: ['codepipeline:StartPipelineExecution'],
        resources: [pipelineArn],
        reason: 'start this pipeline when its source changes',
      },
    ]),
  }).attrArn;
}
