/** The door of the plugin. */
import { definePlugin } from '@cdkpipe/core';
import { onCodePipeline } from './codepipeline-renderer.ts';
import { kind } from './kind.ts';
import { onThisMachine } from './local-renderer.ts';

export default definePlugin({
  name: 'plugin-name',
  api: 1,
  kinds: [kind],
  renderers: [onCodePipeline, onThisMachine],
});

export { kindName } from './kind.ts';
export type { KindInput, KindOptions } from './options.ts';
