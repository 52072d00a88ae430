/** The door of @cdkpipe/plugin-window-approval. */
import { definePlugin } from '@cdkpipe/core';
import { windowOnCodePipeline } from './codepipeline-renderer.ts';
import { windowKind } from './kind.ts';

export default definePlugin({
  name: '@cdkpipe/plugin-window-approval',
  api: 1,
  kinds: [windowKind],
  renderers: [windowOnCodePipeline],
});

export { window } from './kind.ts';
export type { WindowInput, WindowOptions } from './options.ts';
