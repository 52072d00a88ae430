/** Words for plugins that are not what cdkpipe.lock.json says. */
import type { Problem } from '../problem.ts';

const lockFile = 'cdkpipe.lock.json';

export const lockMissing = (directory: string): Problem => ({
  code: 'PLUGIN_LOCK_MISSING',
  message: `there is no ${lockFile} in ${directory}, against which --frozen could check the plugins`,
  fix: 'run cdkpipe plugins:install without a name, which writes it, and commit it',
});

export const lockInvalid = (message: string): Problem => ({
  code: 'PLUGIN_LOCK_INVALID',
  message: `${lockFile} cannot be read: ${message}`,
  path: lockFile,
  fix: 'restore it from version control, or remove it and run cdkpipe plugins:install',
});

export const pluginNotLocked = (plugin: string): Problem => ({
  code: 'PLUGIN_NOT_LOCKED',
  message: `the plugin ${plugin} has no entry in ${lockFile}`,
  path: lockFile,
  fix: `run cdkpipe plugins:install ${plugin}; for one that lives in this project, add { "local": true } under its name`,
  plugin,
});

export const pluginDrifted = (plugin: string, what: string, locked: string, found: string): Problem => ({
  code: 'PLUGIN_DRIFTED',
  message: `the ${what} of ${plugin} is not the locked one: locked ${locked}, found ${found}`,
  path: lockFile,
  fix: `install the locked version, or accept this one with cdkpipe plugins:update ${plugin}`,
  plugin,
});

export const pluginLinked = (plugin: string, directory: string): Problem => ({
  code: 'PLUGIN_LINKED',
  message: `the plugin ${plugin} is linked from ${directory}, so its code can change at any time`,
  path: lockFile,
  fix: `install a published version with cdkpipe plugins:install ${plugin}, or accept linked plugins with --allow-linked`,
  plugin,
});

export const lockFileDamaged = (file: string): Problem => ({
  code: 'LOCK_FILE_DAMAGED',
  message: `"${file}" is not JSON, so which packages the project wants installed is not known`,
  fix: 'resolve what a merge left in it, or write it anew with npm install --package-lock-only',
});
