/** Words for what cannot be checked at all. */
import type { Problem } from '@cdkpipe/core';

export const nothingToCheck = (path: string, why: string): Problem => ({
  code: 'NOTHING_TO_CHECK',
  message: `${path} ${why}`,
  fix: 'name a tarball that npm pack made, or the directory of a package',
});

export const checksBroken = (plugin: string, failure: string): Problem => ({
  code: 'PLUGIN_CHECKS_BROKEN',
  message: `the checks of ${plugin} could not be run to their end: ${failure}`,
  fix: 'let nothing in the plugin end the process; look at what it does while it is imported',
  plugin,
});
