/** Runs `manual` on this machine: a question for whoever may answer it. */
import type { LocalContext, LocalQuestion } from '@cdkpipe/backend-local';
import { defineRenderer, refused } from '@cdkpipe/core';
import type { ComposedText, ManualOptions } from './options.ts';
import { nothingToPassOn } from './problems.ts';

export const manualOnThisMachine = defineRenderer<ManualOptions, LocalContext, LocalQuestion>({
  backend: 'local',
  kind: 'manual',
  render({ name, path, position, options: { comment, link, timeout, approvers, passIfUnchanged } }, context) {
    if (passIfUnchanged && position !== 'change')
      throw refused([nothingToPassOn(`${path}.options.passIfUnchanged`, name)]);
    return {
      type: 'question',
      ...(comment === undefined ? {} : { comment: fillIn(comment, context) }),
      ...(link === undefined ? {} : { link: fillIn(link, context) }),
      ...(timeout === undefined ? {} : { timeout }),
      ...(passIfUnchanged ? { passUnless: ['changes'] as const } : {}),
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
