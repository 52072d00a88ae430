/** Words for what only shows once it is known where the pipeline lives. */
import type { Problem } from '@cdkpipe/core';

export const topicInOtherRegion = (path: string, topic: string, region: string): Problem => ({
  code: 'TOPIC_IN_OTHER_REGION',
  message: `the topic ${topic} is not in ${region}, where the pipeline lives`,
  path,
  fix: `name a topic in ${region}: CodePipeline publishes to no other region`,
});
