/** Who is told that an approval has begun: subscribers of an existing topic, or of one made for the step. */
import { findStep, refused } from '@cdkpipe/core';
import type { Told, ToldPeople } from '../contract/told-people.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { StepNode } from '../drawing/step-node.ts';
import { topicInOtherRegion } from '../problems/actions.ts';
import { drawEmailTopic } from './email-topic.ts';

export function tellPeople({ cdk, home, scopeOf }: Drawing, node: StepNode, { topic, emails }: ToldPeople): Told {
  const path = `${findStep(node)?.path ?? node.path}.options.topic`;
  if (topic !== undefined && topic.split(':')[3] !== home.region)
    throw refused([topicInOtherRegion(topic, home.region, { path, node: node.id })]);
  const topicArn = emails ? drawEmailTopic(cdk, scopeOf(node.id, home), emails) : topic;
  if (topicArn === undefined) return { configuration: {}, grants: [] };
  const reason = 'tell people that an approval has begun';
  return {
    configuration: { NotificationArn: topicArn },
    grants: [{ actions: ['sns:Publish'], resources: [topicArn], reason }],
  };
}
