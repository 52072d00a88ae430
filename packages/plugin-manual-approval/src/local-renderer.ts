/** Runs `manual` on this machine: a question for whoever may answer it. */
import type { LocalContext, LocalQuestion } from '@cdkpipe/backend-local';
import { defineRenderer } from '@cdkpipe/core';
import type { ComposedText, ManualOptions } from './options.ts';

export const manualOnThisMachine = defineRenderer<ManualOptions, LocalContext, LocalQuestion>({
  backend: 'local',
  kind: 'manual',
  render({ options: { comment, link, timeout, approvers } }, context) {
    return {
      type: 'question',
      ...(comment === undefined ? {} : { comment: fillIn(comment, context) }),
      ...(link === undefined ? {} : { link: fillIn(link, context) }),
      ...(timeout === undefined ? {} : { timeout }),
      ...(approvers === undefined
        ? {}
        : { approvers: { count: approvers.count, ...(approvers.of && { of: approvers.of }) } }),
    };
  },
});

function fillIn(value: ComposedText, context: LocalContext): string {
  return [value]
    .flat()
    .map((part) => (typeof part === 'string' ? part : context.value(part)))
    .join('');
}
