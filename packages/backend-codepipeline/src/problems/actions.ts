/** What a renderer declared and no action can be. */
import type { Problem } from '@cdkpipe/core';
import { at, type Place } from './place.ts';

export const actionInvalid = (kind: string, issue: string, place: Place): Problem => ({
  code: 'ACTION_INVALID',
  message: `what was drawn for "${kind}" is no action of CodePipeline: ${issue}`,
  fix: 'return an ActionDeclaration, as @cdkpipe/backend-codepipeline exports it',
  ...at(place),
});

export const topicInOtherRegion = (topic: string, region: string, place: Place): Problem => ({
  code: 'TOPIC_IN_OTHER_REGION',
  message: `the topic ${topic} is not in ${region}, where the pipeline lives`,
  fix: `name a topic in ${region}: neither CodePipeline nor its events reach another region`,
  ...at(place),
});
