/** Words for what a plugin's package.json says of it. */
import type { Problem } from '../problem.ts';

interface NamedPackage {
  readonly name: string;
  readonly version?: string;
}

const named = ({ name, version }: NamedPackage): Pick<Problem, 'plugin' | 'version'> => ({
  plugin: name,
  ...(version === undefined ? {} : { version }),
});

export const manifestMissing = (plugin: NamedPackage, lacking: readonly string[]): Problem => ({
  code: 'PLUGIN_MANIFEST_MISSING',
  message: `${plugin.name} is not a cdkpipe plugin: its package.json lacks ${lacking.join(' and ')}`,
  fix: 'check the name; an author adds what is missing and publishes again',
  ...named(plugin),
});

export const manifestInvalid = (plugin: NamedPackage, path: string, message: string): Problem => ({
  code: 'PLUGIN_MANIFEST_INVALID',
  message: `the package.json of ${plugin.name} says something that cannot be used: ${message}`,
  path,
  fix: 'report it to the author of the plugin',
  ...named(plugin),
});

export const manifestDisagrees = (plugin: NamedPackage, path: string, promised: string, found: string): Problem => ({
  code: 'PLUGIN_MANIFEST_DISAGREES',
  message: `the plugin is not what its package.json says: promised ${promised}, found ${found}`,
  path,
  fix: 'report it to the author of the plugin',
  ...named(plugin),
});
