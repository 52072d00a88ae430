/** Words for plugins that are not let in, and for what goes wrong while one comes or goes. */
import { type Problem, pluginApi, protocolOf, protocolText, type SpokenProtocols } from '@cdkpipe/core';

interface NamedPackage {
  readonly name: string;
  readonly version?: string;
}

const by = ({ name, version }: NamedPackage) => ({ plugin: name, ...(version === undefined ? {} : { version }) });

export const nameNearMiss = (name: string, known: string): Problem => ({
  code: 'PLUGIN_NAME_NEAR_MISS',
  message: `${name} can be mistaken for ${known}, which is another package`,
  fix: `install ${known}; if you do mean ${name}, add it with your package manager, list it in the definition, and run cdkpipe plugins:update ${name}`,
});

export const apiUnknown = (plugin: NamedPackage, found: SpokenProtocols): Problem => ({
  code: 'PLUGIN_API_UNKNOWN',
  message: `${plugin.name} ${plugin.version} speaks protocol ${protocolText(found)}, this cdkpipe speaks ${pluginApi}`,
  fix: protocolOf(found) > pluginApi ? 'update cdkpipe, or choose an earlier version' : 'choose a later version',
  ...by(plugin),
});

export const engineUnfit = (plugin: NamedPackage, what: string, wanted: string, found: string): Problem => ({
  code: 'PLUGIN_ENGINE_UNFIT',
  message: `${plugin.name} ${plugin.version} wants ${what} ${wanted}, here is ${found}`,
  fix: `choose a version of the plugin that fits, or another ${what}`,
  ...by(plugin),
});

export const installScripts = (plugin: NamedPackage, scripts: readonly string[]): Problem => ({
  code: 'PLUGIN_INSTALL_SCRIPTS',
  message: `${plugin.name} ${plugin.version} would run code when it is installed: ${scripts.join(', ')}`,
  fix: 'a plugin needs none; ask its author for a version without',
  ...by(plugin),
});

export const ownCopy = (plugin: NamedPackage, found: readonly string[]): Problem => ({
  code: 'PLUGIN_OWN_COPY',
  message: `${plugin.name} ${plugin.version} brings its own ${found.join(' and ')}, whose objects those of the project do not know`,
  fix: 'ask its author to make them peer dependencies',
  ...by(plugin),
});

export const binTaken = (plugin: NamedPackage, name: string, commands: readonly string[]): Problem => ({
  code: 'PLUGIN_BIN_TAKEN',
  message: `${name === plugin.name ? `${plugin.name} ${plugin.version}` : `${name}, which comes with ${plugin.name} ${plugin.version},`} would answer commands of others in node_modules/.bin: ${commands.join(', ')}`,
  fix: 'ask its author to name the commands otherwise; a plugin has its commands under "oclif"',
  ...by(plugin),
});

export const dependencyScripts = (plugin: NamedPackage, way: string, scripts: readonly string[]): Problem => ({
  code: 'PLUGIN_DEPENDENCY_SCRIPTS',
  message: `a dependency of ${plugin.name} ${plugin.version} would run code when it is installed: ${way} (${scripts.join(', ')})`,
  fix: 'choose a version of the plugin without it; scripts are off now, but the next npm ci would run them',
  ...by(plugin),
});

export const dependencyIsShared = (plugin: NamedPackage, way: string): Problem => ({
  code: 'PLUGIN_OWN_COPY',
  message: `a dependency of ${plugin.name} ${plugin.version} is a copy of its own, which does not work with the project's: ${way}`,
  fix: 'ask its author to make it a peer dependency',
  ...by(plugin),
});

export const dependencySource = (plugin: NamedPackage, way: string, source: string): Problem => ({
  code: 'PLUGIN_DEPENDENCY_SOURCE',
  message: `a dependency of ${plugin.name} ${plugin.version} comes from no registry but from ${JSON.stringify(source)}, which can change: ${way}`,
  fix: 'ask its author for one from a registry, or accept the source with --allow',
  ...by(plugin),
});

export const treeTooLarge = (plugin: NamedPackage, found: string): Problem => ({
  code: 'PLUGIN_TOO_LARGE',
  message: `${plugin.name} ${plugin.version} and its dependencies have ${found}, more than a plugin may`,
  fix: 'choose a smaller plugin, or add it with your package manager and list it in the definition',
  ...by(plugin),
});

export const contentDiffers = (plugin: NamedPackage, keys: readonly string[]): Problem => ({
  code: 'PLUGIN_CONTENT_DIFFERS',
  message: `the package.json in the tarball of ${plugin.name} ${plugin.version} is not the one the registry shows: ${keys.join(', ')} differ`,
  fix: 'do not install it; tell the author and whoever runs the registry',
  ...by(plugin),
});

export const provenanceFailed = (plugin: NamedPackage, detail: string): Problem => ({
  code: 'PLUGIN_PROVENANCE_FAILED',
  message: `${plugin.name} ${plugin.version} is not what it claims to be: ${detail}`,
  fix: 'do not install it; tell the author and whoever runs the registry',
  ...by(plugin),
});

/** @param holder the plugin that has them, or `cdkpipe` */
export const commandTaken = (plugin: NamedPackage, commands: readonly string[], holder = 'cdkpipe'): Problem => ({
  code: 'PLUGIN_COMMAND_TAKEN',
  message: `${plugin.name} brings commands that ${holder} already has: ${commands.join(', ')}`,
  fix: holder === 'cdkpipe' ? 'ask its author to name them otherwise' : `uninstall ${holder}, or choose another plugin`,
  ...by(plugin),
});

const contributions = {
  kinds: ['KIND_TAKEN', 'kind'],
  backends: ['BACKEND_TAKEN', 'backend'],
  renderers: ['RENDERER_TAKEN', 'renderer of'],
  rules: ['RULE_TAKEN', 'rule'],
} as const;

/** Codes are those with which a definition is refused that lists both plugins. */
export const contributionTaken = (
  plugin: NamedPackage,
  key: keyof typeof contributions,
  name: string,
  holder: string,
): Problem => {
  const [code, what] = contributions[key];
  return {
    code,
    message: `the ${what} "${name}" of ${plugin.name} ${plugin.version} is already brought by ${holder}`,
    fix: `uninstall ${holder} first, or choose another plugin; nothing was changed`,
    ...by(plugin),
  };
};

export const updateGoesBack = (plugin: NamedPackage, spec: string, found: string): Problem => ({
  code: 'PLUGIN_UPDATE_BACKWARDS',
  message: `${spec} is ${found}, earlier than ${plugin.name} ${plugin.version} which is installed`,
  fix: `name the exact version, if it is meant: cdkpipe plugins:update ${plugin.name}@${found}`,
  ...by(plugin),
});

export const keptAhead = (plugin: NamedPackage, latest: string): Problem => ({
  code: 'PLUGIN_AHEAD_OF_LATEST',
  message: `${plugin.name} ${plugin.version} is installed, and the registry calls ${latest} the latest; it was kept`,
  fix: `to go back, name the version: cdkpipe plugins:update ${plugin.name}@${latest}`,
  ...by(plugin),
});

export const modulesNotRestored = (reason: string): Problem => ({
  code: 'MODULES_NOT_RESTORED',
  message: `package.json, lock files and definition are as they were, but node_modules is not: ${reason}`,
  fix: 'install anew with your package manager, for example with npm ci --ignore-scripts',
});

export const cannotAsk = (plugin: NamedPackage): Problem => ({
  code: 'PLUGIN_UNCONFIRMED',
  message: `there is no terminal to ask whether ${plugin.name} ${plugin.version} may come in`,
  fix: 'accept it with --yes',
  ...by(plugin),
});

export const declined = (plugin: NamedPackage): Problem => ({
  code: 'PLUGIN_DECLINED',
  message: `${plugin.name} ${plugin.version} was not accepted; nothing was changed`,
  ...by(plugin),
});

export const packageMissing = (directory: string): Problem => ({
  code: 'PROJECT_PACKAGE_MISSING',
  message: `there is no package.json in ${directory} or above, to which a plugin could be added`,
  fix: 'run npm init, or go to the project',
});

export const managerUnsupported = (name: string): Problem => ({
  code: 'PACKAGE_MANAGER_UNSUPPORTED',
  message: `the project uses ${name}, which cdkpipe cannot make install without scripts`,
  fix: 'add the plugin yourself with its exact version and scripts off, list it in the definition, and run cdkpipe plugins:install without a name',
});

export const managerFailed = (command: string, outcome: string, output: string): Problem => ({
  code: 'PACKAGE_MANAGER_FAILED',
  message: [`${command} ${outcome}`, ...(output === '' ? [] : [output])].join('\n'),
  fix: 'package.json, lock files and definition are as they were; mend what the package manager says',
});

export const installedDiffers = (plugin: NamedPackage, what: string, wanted: string, found: string): Problem => ({
  code: 'PLUGIN_INSTALLED_DIFFERS',
  message: `what was installed is not what was checked: the ${what} of ${plugin.name} is ${found}, checked was ${wanted}`,
  fix: 'check which registry the package manager uses; nothing was changed',
  ...by(plugin),
});

export const nameDiffers = (plugin: NamedPackage, found: string): Problem => ({
  code: 'PLUGIN_NAME_DIFFERS',
  message: `the plugin in ${plugin.name} calls itself ${found}`,
  fix: 'report it to the author of the plugin: both names must be one',
  ...by(plugin),
});

export const pluginNotInstalled = (name: string, fix: string): Problem => ({
  code: 'PLUGIN_NOT_INSTALLED',
  message: `the project has no plugin ${name}`,
  fix,
});

export const definitionKept = (plugin: NamedPackage, why: string): Problem => ({
  code: 'DEFINITION_NOT_EDITED',
  message: `the definition was left as it is: ${why}`,
  fix: 'change it yourself, as shown',
  ...by(plugin),
});

export const deprecated = (plugin: NamedPackage, reason: string): Problem => ({
  code: 'PLUGIN_DEPRECATED',
  message: `${plugin.name} ${plugin.version} should no longer be used: ${reason.split('\n')[0]}`,
  fix: 'look for its successor',
  ...by(plugin),
});

export const loadTimedOut = (plugin: NamedPackage, seconds: number): Problem => ({
  code: 'PLUGIN_LOAD_TIMED_OUT',
  message: `${plugin.name} ${plugin.version} did not finish loading within ${seconds} s`,
  fix: 'report it to the author of the plugin',
  ...by(plugin),
});

export const loadEnded = (plugin: NamedPackage, ending: string): Problem => ({
  code: 'PLUGIN_EXITED',
  message: `${plugin.name} ${plugin.version} ended the process that loads it, with ${ending}`,
  fix: 'report it to the author of the plugin: a plugin throws, and cdkpipe decides how the command ends',
  ...by(plugin),
});

export const commandsNotLoaded = (plugin: NamedPackage, reason: string): Problem => ({
  code: 'PLUGIN_NOT_LOADED',
  message: `the commands of ${plugin.name} ${plugin.version} cannot be loaded: ${reason}`,
  fix: 'report it to the author of the plugin',
  ...by(plugin),
});

export const kindInUse = (
  plugin: NamedPackage,
  kinds: readonly string[],
  file: string,
  lines: readonly number[],
): Problem => ({
  code: 'PLUGIN_KIND_IN_USE',
  message: `the definition still seems to have steps of what ${plugin.name} brought: ${kinds.join(', ')}`,
  location: lines.map((line) => `${file}:${line}`).join(', '),
  fix: 'remove those steps, or install a plugin that brings the kind; until then the definition is refused',
  ...by(plugin),
});

export const pluginInUse = (name: string, file: string, lines: readonly number[]): Problem => ({
  code: 'PLUGIN_IN_USE',
  message: `the definition still uses what ${name} exports`,
  location: lines.map((line) => `${file}:${line}`).join(', '),
  fix: 'remove that first',
  plugin: name,
});

export const pluginIsLinked = (name: string, directory: string): Problem => ({
  code: 'PLUGIN_LINKED',
  message: `the plugin ${name} is linked from ${directory}, so there is no version to update it to`,
  fix: `change it in that directory, or install a published version with cdkpipe plugins:install ${name}`,
  plugin: name,
});

export const linkNotAPackage = (directory: string, reason: string): Problem => ({
  code: 'PLUGIN_LINK_NO_PACKAGE',
  message: `${directory} holds no package that could be linked: ${reason}`,
  fix: 'give the directory of the plugin, the one that holds its package.json',
});
