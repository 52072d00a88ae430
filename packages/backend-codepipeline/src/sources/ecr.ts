/** An image in an ECR repository of the pipeline's account and region. */
import type { EcrSource } from '@cdkpipe/core';
import type { Drawing } from '../drawing/drawing.ts';
import type { EventPattern } from './event-trigger.ts';
import type { SourceAction } from './source-action.ts';

export function ecrAction({ cdk, home }: Drawing, source: EcrSource): SourceAction {
  return {
    provider: 'ECR',
    configuration: { RepositoryName: source.repository, ImageTag: source.tag },
    grants: [
      {
        actions: ['ecr:DescribeImages'],
        resources: [`arn:${cdk.partition}:ecr:${home.region}:${home.account}:repository/${source.repository}`],
        reason: 'fetch the source',
      },
    ],
  };
}

export function ecrEvent(source: EcrSource): EventPattern {
  return {
    source: ['aws.ecr'],
    'detail-type': ['ECR Image Action'],
    detail: {
      'action-type': ['PUSH'],
      result: ['SUCCESS'],
      'repository-name': [source.repository],
      'image-tag': [source.tag],
    },
  };
}
