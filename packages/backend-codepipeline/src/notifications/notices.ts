/** What people are told of: when, and in which words. */
import { findPartition } from '../partitions.ts';
import type { EventPattern } from '../sources/event-trigger.ts';

export type NoticeName = 'onFailure' | 'onApproval' | 'onSuccess';

/** Where the pipeline is, for texts and patterns. */
export interface NoticePlace {
  readonly pipeline: string;
  readonly region: string;
}

export interface Notice {
  /** Beginning of the IDs of its constructs. */
  readonly id: string;
  readonly description: string;
  pattern(place: NoticePlace): EventPattern;
  /** Fields of the event, by the name that stands for each in `text`, inside `<` and `>`. */
  readonly fields: Readonly<Record<string, string>>;
  text(place: NoticePlace): string;
}

const execution = '$.detail.execution-id';

export const notices: Readonly<Record<NoticeName, Notice>> = {
  onFailure: {
    id: 'Failure',
    description: 'Tells people that a run failed, or that somebody rejected it',
    pattern: (place) => ofPipeline(place, ['FAILED']),
    fields: { execution },
    text: ({ pipeline }) => `A run of the pipeline ${pipeline} failed or was rejected (execution <execution>).`,
  },
  onSuccess: {
    id: 'Success',
    description: 'Tells people that a run reached its end',
    pattern: (place) => ofPipeline(place, ['SUCCEEDED']),
    fields: { execution },
    text: ({ pipeline }) => `A run of the pipeline ${pipeline} succeeded (execution <execution>).`,
  },
  onApproval: {
    id: 'Approval',
    description: 'Tells people that a run waits for a decision',
    pattern: ({ pipeline }) => ({
      source: ['aws.codepipeline'],
      'detail-type': ['CodePipeline Action Execution State Change'],
      detail: {
        pipeline: [pipeline],
        state: ['STARTED'],
        type: { category: ['Approval'], owner: ['AWS'], provider: ['Manual'] },
      },
    }),
    fields: { execution, stage: '$.detail.stage', action: '$.detail.action' },
    text: ({ pipeline }) =>
      `The pipeline ${pipeline} waits for a decision: <action> in the stage <stage> (execution <execution>).`,
  },
};

function ofPipeline({ pipeline }: NoticePlace, state: readonly string[]): EventPattern {
  return {
    source: ['aws.codepipeline'],
    'detail-type': ['CodePipeline Pipeline Execution State Change'],
    detail: { pipeline: [pipeline], state },
  };
}

const consoles: Readonly<Partial<Record<string, string>>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** Where the pipeline is shown; undefined in partitions whose console is not known. */
export function findConsole({ pipeline, region }: NoticePlace): string | undefined {
  const domain = consoles[findPartition(region) ?? ''];
  return domain && `https://${region}.${domain}/codesuite/codepipeline/pipelines/${pipeline}/view?region=${region}`;
}
