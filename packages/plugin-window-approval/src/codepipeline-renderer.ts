/** Draws `window` as an approval of CodePipeline that a function gives when the window is open. */
import type { ActionDeclaration, CodePipelineContext } from '@cdkpipe/backend-codepipeline';
import { defineRenderer } from '@cdkpipe/core';
import { scheduleOf, type WindowOptions } from './options.ts';
import { makeWindowFunction } from './window-function.ts';

const longestWait = 86_400;
/** Characters of a comment: CodePipeline's quotas. */
const longestComment = 1000;

export const windowOnCodePipeline = defineRenderer<WindowOptions, CodePipelineContext, ActionDeclaration>({
  backend: 'codepipeline',
  kind: 'window',
  render({ options }, context) {
    makeWindowFunction(context.scopeIn(context.pipelineEnv), scheduleOf(options), context);
    return {
      category: 'Approval',
      provider: 'Manual',
      configuration: { CustomData: describe(options) },
      answeredBy: 'function',
      timeout: options.timeout ?? longestWait,
    };
  },
});

function describe({ open, timeZone, closed = [] }: WindowOptions): string {
  const dates = closed.length > 0 ? `, closed ${closed.join(', ')}` : '';
  const text = `Approved by itself when the window is open: ${open.join(', ')} (${timeZone})${dates}.`;
  return text.length > longestComment ? `${text.slice(0, longestComment - 1)}…` : text;
}
