/** What people are notified about: when, and in which words. */
import { docsPage } from '@cdkpipe/core';
import type { EventPattern } from '../sources/event-trigger.ts';
import { approvalRules } from './approval-rules.ts';
import type { Approvals } from './approvals.ts';
import type { NoticeRule } from './notice-rule.ts';

export type NoticeName = 'onFailure' | 'onApproval' | 'onSuccess';

/** The pipeline, for texts and patterns. */
export interface NoticePlace {
  readonly pipeline: string;
  readonly region: string;
  readonly approvals: Approvals;
}

export interface Notice {
  /** Beginning of the ID of its topic. */
  readonly id: string;
  rules(place: NoticePlace): readonly NoticeRule[];
}

const execution = '$.detail.execution-id';

/**
 * States of a run: STARTED, SUCCEEDED, RESUMED, FAILED, CANCELED, STOPPING, STOPPED, SUPERSEDED
 * (https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html). Reported are those in
 * which a run ends before its end and nothing takes its place. SUPERSEDED is how the execution mode of that name works, STOPPING
 * becomes STOPPED, and RESUMED follows what a person did.
 */
const endedEarly = ['FAILED', 'CANCELED', 'STOPPED'] as const;

export const notices: Readonly<Record<NoticeName, Notice>> = {
  onFailure: {
    id: 'Failure',
    rules: ({ pipeline }) => [
      {
        id: 'FailureNotice',
        description: 'Notifies people that a run failed, was rejected, canceled or stopped',
        pattern: ofPipeline(pipeline, endedEarly),
        fields: { execution, state: '$.detail.state' },
        text: [
          `A run of the pipeline ${pipeline} ended early: <state> (execution <execution>).`,
          'FAILED: an action failed, or a person rejected it. CANCELED: an update of the pipeline ended it. STOPPED: a person stopped it.',
          `What to do: ${docsPage('when-a-run-fails')}`,
        ].join(' '),
      },
    ],
  },
  onSuccess: {
    id: 'Success',
    rules: ({ pipeline }) => [
      {
        id: 'SuccessNotice',
        description: 'Notifies people that a run reached its end',
        pattern: ofPipeline(pipeline, ['SUCCEEDED']),
        fields: { execution },
        text: `A run of the pipeline ${pipeline} succeeded (execution <execution>).`,
      },
    ],
  },
  onApproval: { id: 'Approval', rules: approvalRules },
};

function ofPipeline(pipeline: string, state: readonly string[]): EventPattern {
  return {
    source: ['aws.codepipeline'],
    'detail-type': ['CodePipeline Pipeline Execution State Change'],
    detail: { pipeline: [pipeline], state },
  };
}
