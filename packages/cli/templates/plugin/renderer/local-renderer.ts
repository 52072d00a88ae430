/** Runs `kindName` on this machine: a question for whoever may answer it. */
import type { LocalContext, LocalQuestion } from '@cdkpipe/backend-local';
import { defineRenderer } from '@cdkpipe/core';
import type { KindOptions } from './options.ts';

export const onThisMachine = defineRenderer<KindOptions, LocalContext, LocalQuestion>({
  backend: 'local',
  kind: 'kindName',
  render: ({ options: { url, question = 'Is all well?' } }) => ({ type: 'question', comment: question, link: url }),
});
