/** The door of @cdkpipe/plugin-bake-approval. */
import { definePlugin } from '@cdkpipe/core';
import { bakeKind } from './kind.ts';

export default definePlugin({ name: '@cdkpipe/plugin-bake-approval', api: 1, kinds: [bakeKind] });

export { bake } from './kind.ts';
export type { BakeInput, BakeOptions } from './options.ts';
