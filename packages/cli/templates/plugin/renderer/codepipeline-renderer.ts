/** Draws `kindName` as a manual approval of CodePipeline that leads to the page. */
import type { ActionDeclaration, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import { defineRenderer } from '@cdkpipe/core';
import type { KindOptions } from './options.ts';

export const onCodePipeline = defineRenderer<KindOptions, CodePipelineContext, ActionDeclaration>({
  backend: 'codepipeline',
  kind: 'kindName',
  render: ({ options: { url, question = 'Is all well?' } }, context) => ({
    category: 'Approval',
    provider: 'Manual',
    configuration: {
      CustomData: context.text(question, 'question'),
      ExternalEntityLink: context.text(url, 'url'),
    },
  }),
});
