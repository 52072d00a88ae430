/** Words for what a new plugin cannot be called. */
import type { Problem } from '@cdkpipe/core';

export const pluginNameInvalid = (name: string): Problem => ({
  code: 'PLUGIN_NAME_INVALID',
  message: `${JSON.stringify(name)} is no name that npm allows for a new package`,
  fix: 'use lower-case letters, digits, - . _ ~, where wanted behind a scope: @acme/cdkpipe-plugin-pager',
});
