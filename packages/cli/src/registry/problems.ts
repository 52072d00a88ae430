/** Words for what is wrong with the name of a plugin and with what registries answer. */
import { type Problem, withoutCredentials } from '@cdkpipe/core';

export const specLooksLikeOption = (spec: string): Problem => ({
  code: 'PLUGIN_SPEC_OPTION',
  message: `${JSON.stringify(spec)} looks like an option, not like the name of a package`,
  fix: 'give the npm name of the plugin',
});

export const specInvalid = (spec: string, reason: string): Problem => ({
  code: 'PLUGIN_SPEC_INVALID',
  message: `${JSON.stringify(spec)} names no package: ${reason}`,
  fix: 'give the npm name of the plugin, with @ and a version if you like',
});

export const specNotAllowed = (spec: string, type: string): Problem => ({
  code: 'PLUGIN_SPEC_NOT_ALLOWED',
  message: `${JSON.stringify(spec)} does not come from a registry but from a ${type} source, which can change under its name`,
  fix: 'give the npm name of the plugin, or accept the source with --allow',
});

export const specIsDirectory = (spec: string): Problem => ({
  code: 'PLUGIN_SPEC_DIRECTORY',
  message: `${JSON.stringify(spec)} is a directory, which package managers link, so that its files can change after they were checked`,
  fix: 'pack it with npm pack, and install the tarball with --allow',
});

export const sourceUnreadable = (spec: string, reason: string): Problem => ({
  code: 'PLUGIN_SOURCE_UNREADABLE',
  message: `${withoutCredentials(spec)} could not be read: ${withoutCredentials(reason)}`,
  fix: 'check the path or address, and what git or the server says',
});

export const packageNotFound = (spec: string, registry: string): Problem => ({
  code: 'PACKAGE_NOT_FOUND',
  message: `there is no package ${spec} in ${registry}`,
  fix: 'check the name, and the registry in .npmrc',
});

export const versionNotFound = (spec: string, registry: string): Problem => ({
  code: 'PACKAGE_VERSION_NOT_FOUND',
  message: `no version of the package fits ${spec} in ${registry}`,
  fix: 'give a version that exists, or none for the latest',
});

export const registryRefused = (spec: string, registry: string, status: string): Problem => ({
  code: 'REGISTRY_REFUSED',
  message: `${registry} does not let you read ${spec}: ${status}`,
  fix: 'log in with npm login, or mend the credentials in .npmrc',
});

export const registryUnreachable = (spec: string, registry: string, reason: string): Problem => ({
  code: 'REGISTRY_UNREACHABLE',
  message: `${spec} could not be read from ${registry}: ${reason}`,
  fix: 'check the network, the proxy and the registry in .npmrc',
});

export const integrityWrong = (spec: string, reason: string): Problem => ({
  code: 'PACKAGE_TAMPERED',
  message: `the tarball of ${spec} is not the one that the registry describes: ${reason}`,
  fix: 'do not install it; tell the author and whoever runs the registry',
});

export const registryWithoutSearch = (registry: string): Problem => ({
  code: 'REGISTRY_WITHOUT_SEARCH',
  message: `${registry} cannot be searched`,
  fix: 'search where it shows its packages, or name a registry with a search in .npmrc',
});
