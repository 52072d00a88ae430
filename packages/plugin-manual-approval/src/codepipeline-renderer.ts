/** Draws `manual` as a manual approval action of CodePipeline. */
import type { ActionDeclaration, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import { defineRenderer, refused, type StepOf } from '@cdkpipe/core';
import { composeText } from './compose-text.ts';
import { makeEmailTopic } from './email-topic.ts';
import type { ManualOptions } from './options.ts';
import { quorumUnsupported, topicInOtherRegion } from './problems.ts';

export const manualOnCodePipeline = defineRenderer<ManualOptions, CodePipelineContext, ActionDeclaration>({
  backend: 'codepipeline',
  kind: 'manual',
  render(step, context) {
    const { comment, link, timeout, approvers } = step.options;
    if (approvers) throw refused([quorumUnsupported(`${step.path}.options.approvers`, 'codepipeline')]);
    const topicArn = findTopic(step, context);
    return {
      category: 'Approval',
      provider: 'Manual',
      configuration: {
        ...(topicArn === undefined ? {} : { NotificationArn: topicArn }),
        ...(comment === undefined ? {} : { CustomData: composeText(comment, 'comment', context) }),
        ...(link === undefined ? {} : { ExternalEntityLink: composeText(link, 'link', context) }),
      },
      ...(timeout === undefined ? {} : { timeout }),
      ...(topicArn === undefined ? {} : { grants: [publishTo(topicArn)] }),
    };
  },
});

function findTopic(step: StepOf<ManualOptions>, context: CodePipelineContext): string | undefined {
  const { topic, emails } = step.options;
  const { region } = context.pipelineEnv;
  if (topic !== undefined && topic.split(':')[3] !== region)
    throw refused([topicInOtherRegion(`${step.path}.options.topic`, topic, region)]);
  return emails ? makeEmailTopic(context.scopeIn(context.pipelineEnv), emails, context.cdk) : topic;
}

function publishTo(topicArn: string) {
  return { actions: ['sns:Publish'], resources: [topicArn], reason: 'tell the approvers that a decision is wanted' };
}
