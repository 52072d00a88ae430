/** The door of the plugin. */
import { definePlugin } from '@cdkpipe/core';
import { kind } from './kind.ts';

export default definePlugin({ name: 'plugin-name', api: 1, kinds: [kind] });

export { kindName } from './kind.ts';
export type { KindInput, KindOptions } from './options.ts';
