/** Draws `manual` as a manual approval action of CodePipeline. */
import type { ActionDeclaration, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import { defineRenderer, refused, type StepOf } from '@cdkpipe/core';
import { composeText } from './compose-text.ts';
import type { ManualOptions } from './options.ts';
import { nothingToPassOn, quorumUnsupported } from './problems.ts';

export const manualOnCodePipeline = defineRenderer<ManualOptions, CodePipelineContext, ActionDeclaration>({
  backend: 'codepipeline',
  kind: 'manual',
  changeable: ['timeout', 'configuration.ExternalEntityLink', 'configuration.NotificationArn'],
  render(step, context) {
    const { link, timeout, passIfUnchanged = false, approvers } = step.options;
    if (approvers) throw refused([quorumUnsupported(`${step.path}.options.approvers`, 'codepipeline')]);
    if (passIfUnchanged && !context.changes)
      throw refused([nothingToPassOn(`${step.path}.options.passIfUnchanged`, step.name)]);
    const comment = commentOf(step, context);
    const told = context.tell(step.options);
    return {
      category: 'Approval',
      provider: 'Manual',
      configuration: {
        ...told.configuration,
        ...(comment === '' ? {} : { CustomData: comment }),
        ...(link === undefined ? {} : { ExternalEntityLink: composeText(link, 'link', context) }),
      },
      ...(passIfUnchanged ? { passUnless: ['changes'] } : {}),
      ...(timeout === undefined ? {} : { timeout }),
      grants: told.grants,
    };
  },
});

/** What the author says; between prepare and execute, with what would change below it. */
function commentOf({ options: { comment } }: StepOf<ManualOptions>, context: CodePipelineContext): string {
  const text = comment === undefined ? '' : composeText(comment, 'comment', context);
  return context.changes ? context.changes.comment(text, 'summary') : text;
}
