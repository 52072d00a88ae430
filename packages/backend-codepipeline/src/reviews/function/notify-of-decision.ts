/** Notifies the people of a step that an approval, which could have passed, waits for them. */
import type { PassAttempt, PassResult } from './pass-approval.ts';

/** One message for each protocol of SNS; `default` for those that have none of their own. */
export interface Messages {
  readonly default: string;
  readonly email: string;
}

export interface Notice {
  /** ARN. */
  readonly topic: string;
  readonly subject: string;
  readonly messages: Messages;
}

export type Publish = (notice: Notice) => Promise<unknown>;

/**
 * Subscribers other than people get the document that CodePipeline itself would send
 * (https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-json-format.html), without the token of the approval,
 * with which every reader could answer it.
 *
 * @throws Error where the message cannot be published: the action fails, so that no decision waits unnoticed
 */
export async function notifyOfDecision(
  { pass, execution, topic }: PassAttempt & { readonly topic: string },
  { passed, summary }: PassResult,
  publish: Publish,
): Promise<void> {
  if (passed) return;
  const { pipeline, stage, action, console } = pass;
  const link = console === undefined ? '' : ` See ${console}`;
  const text = `The action ${action} in the stage ${stage} of the pipeline ${pipeline} waits for a decision (execution ${execution}). ${summary}.${link}`;
  const approval = { pipelineName: pipeline, stageName: stage, actionName: action, customData: summary };
  const document = { ...(console === undefined ? {} : { consoleLink: console }), approval };
  try {
    await publish({
      topic,
      subject: subjectOf(pipeline),
      messages: { default: JSON.stringify(document), email: text },
    });
  } catch (error) {
    throw new Error(`${summary}, and people could not be notified: ${String(error).slice(0, 1_500)}`);
  }
}

/** SNS allows less than 100 characters: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function subjectOf(pipeline: string): string {
  return `Approval needed: ${pipeline}`.slice(0, 99);
}
