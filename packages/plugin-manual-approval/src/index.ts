/** The door of @cdkpipe/plugin-manual-approval. */
import { definePlugin } from '@cdkpipe/core';
import { manualOnCodePipeline } from './codepipeline-renderer.ts';
import { manualKind } from './kind.ts';
import { manualOnThisMachine } from './local-renderer.ts';

export default definePlugin({
  name: '@cdkpipe/plugin-manual-approval',
  api: 1,
  kinds: [manualKind],
  renderers: [manualOnCodePipeline, manualOnThisMachine],
});

export { manual } from './kind.ts';
export type { ManualInput, ManualOptions } from './options.ts';
