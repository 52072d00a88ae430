/** The door of @cdkpipe/plugin-window-approval. */
import { definePlugin } from '@cdkpipe/core';
import { windowOnCodePipeline } from './codepipeline-renderer.ts';
import { windowKind } from './kind.ts';
import { windowOnThisMachine } from './local-renderer.ts';

export default definePlugin({
  name: '@cdkpipe/plugin-window-approval',
  api: 1,
  kinds: [windowKind],
  renderers: [windowOnCodePipeline, windowOnThisMachine],
});

export { window } from './kind.ts';
export type { WindowInput, WindowOptions } from './options.ts';
