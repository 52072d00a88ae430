/** Draws `securityReview` as an approval of CodePipeline that is passed when there are no findings. */
import type { ActionDeclaration, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import { defineRenderer, unreachable } from '@cdkpipe/core';
import { concernsOf } from './concerns.ts';
import type { SecurityReviewOptions } from './options.ts';

export const securityReviewOnCodePipeline = defineRenderer<
  SecurityReviewOptions,
  CodePipelineContext,
  ActionDeclaration
>({
  backend: 'codepipeline',
  kind: 'securityReview',
  changeable: ['timeout', 'configuration.NotificationArn'],
  render(step, context) {
    const { comment = '', timeout } = step.options;
    const { changes = unreachable(`"${step.name}" stands where no change sets are`) } = context;
    const told = context.tell(step.options);
    return {
      category: 'Approval',
      provider: 'Manual',
      configuration: {
        ...told.configuration,
        CustomData: changes.comment(comment === '' ? '' : context.text(comment, 'comment'), 'findings'),
      },
      passUnless: concernsOf(step.options),
      ...(timeout === undefined ? {} : { timeout }),
      grants: told.grants,
    };
  },
});
