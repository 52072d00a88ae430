/** Starts the pipeline when EventBridge sees the source change. */
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import type { Drawing } from '../render/drawing.ts';

export type EventPattern = Readonly<Record<string, unknown>>;

export function drawEventTrigger({ cdk, stack, home, pipelineArn }: Drawing, eventPattern: EventPattern): void {
  const role = drawRole(cdk, stack, 'SourceTriggerRole', {
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
  });
  new cdk.events.CfnRule(stack, 'SourceTrigger', {
    description: 'Starts the pipeline when its source changes',
    eventPattern,
    state: 'ENABLED',
    targets: [{ id: 'Pipeline', arn: pipelineArn, roleArn: role.attrArn }],
  });
}
