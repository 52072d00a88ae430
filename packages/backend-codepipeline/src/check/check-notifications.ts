/** Topics that EventBridge cannot reach. */
import type { Plan, Problem } from '@cdkpipe/core';
import type { CodePipelineOptions } from '../options/options.ts';
import { topicInOtherRegion } from '../problems/actions.ts';

export function checkNotifications({ pipeline: { env } }: Plan, { notifications }: CodePipelineOptions): Problem[] {
  return Object.entries(notifications ?? {}).flatMap(([name, recipients]) => {
    const topic = recipients?.topic;
    return topic === undefined || topic.split(':')[3] === env.region
      ? []
      : [topicInOtherRegion(topic, env.region, { path: `backends.codepipeline.notifications.${name}.topic` })];
  });
}
