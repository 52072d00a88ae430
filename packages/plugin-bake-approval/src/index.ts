/** The door of @cdkpipe/plugin-bake-approval. */
import { definePlugin } from '@cdkpipe/core';
import { bakeKind } from './kind.ts';
import { bakeOnThisMachine } from './local-renderer.ts';

export default definePlugin({
  name: '@cdkpipe/plugin-bake-approval',
  api: 1,
  kinds: [bakeKind],
  renderers: [bakeOnThisMachine],
});

export { bake } from './kind.ts';
export type { BakeInput, BakeOptions } from './options.ts';
