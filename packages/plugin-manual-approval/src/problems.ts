/** Words for what only shows once it is known where the pipeline lives. */
import type { Problem } from '@cdkpipe/core';

export const topicInOtherRegion = (path: string, topic: string, region: string): Problem => ({
  code: 'TOPIC_IN_OTHER_REGION',
  message: `the topic ${topic} is not in ${region}, where the pipeline lives`,
  path,
  fix: `name a topic in ${region}: CodePipeline publishes to no other region`,
});

export const quorumUnsupported = (path: string, backend: string): Problem => ({
  code: 'QUORUM_UNSUPPORTED',
  message: `the backend "${backend}" takes one decision of one person, and cannot wait for a quorum`,
  path,
  fix: 'remove `approvers`, use several `manual` steps one after the other, or run the pipeline with cdkpipe run',
});
