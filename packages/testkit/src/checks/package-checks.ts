/** Checks of what a package says of itself; nothing of it runs. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { manifestKeyword, pluginApi, protocolText, readPluginManifest, speaksProtocol } from '@cdkpipe/core';
import type { Check, Finding, PackedPlugin } from '../check/check.ts';

export const manifestCheck: Check = {
  id: 'CP101',
  severity: 'error',
  title: 'package.json says what the plugin brings',
  why: 'cdkpipe plugins:install judges a package before any of its code is on the machine, by the key cdkpipePlugin',
  fix: 'write cdkpipePlugin: { api, kinds, renderers, backends, rules, hooks } into package.json, as in docs/plugins.md',
  looksAt: 'package',
  run({ description }) {
    // The keyword has a check of its own.
    const manifest = readPluginManifest({ ...description, keywords: [manifestKeyword] });
    if (!('api' in manifest)) return manifest.map(({ message }) => ({ message }));
    if (speaksProtocol(manifest.api)) return [];
    return [{ message: `it speaks protocol ${protocolText(manifest.api)}, this cdkpipe speaks ${pluginApi}` }];
  },
};

export const keywordCheck: Check = {
  id: 'CP102',
  severity: 'error',
  title: `package.json has the keyword ${manifestKeyword}`,
  why: 'registries find plugins by it, and cdkpipe plugins:install refuses a package without it',
  fix: `add "${manifestKeyword}" to keywords`,
  looksAt: 'package',
  run: ({ description: { keywords } }) =>
    Array.isArray(keywords) && keywords.includes(manifestKeyword) ? [] : [{ message: 'the keyword is missing' }],
};

const installTimes = ['preinstall', 'install', 'postinstall'];

export const installScriptsCheck: Check = {
  id: 'CP103',
  severity: 'error',
  title: 'nothing runs when it is installed',
  why: 'an install script runs before anybody has decided to trust the plugin; cdkpipe plugins:install refuses it',
  fix: 'remove preinstall, install, postinstall and binding.gyp; make at build time what they make',
  looksAt: 'package',
  run({ directory, description: { scripts } }) {
    const found = installTimes.filter((time) => keysOf(scripts).includes(time));
    const gyp = existsSync(join(directory, 'binding.gyp')) ? ['binding.gyp'] : [];
    return [...found, ...gyp].map((what) => ({ message: `it has ${what}` }));
  },
};

const shared = ['@cdkpipe/core', 'aws-cdk-lib', 'constructs'];

export const ownCopyCheck: Check = {
  id: 'CP104',
  severity: 'error',
  title: 'the CDK and @cdkpipe/core are those of the project',
  why: 'objects of a second copy are not known to the first: instanceof fails, tokens do not resolve, errors lose their words',
  fix: 'make @cdkpipe/core, aws-cdk-lib and constructs peerDependencies, and bundle none of them',
  looksAt: 'package',
  run({ directory, description }) {
    const keys = ['dependencies', 'optionalDependencies'] as const;
    const declared = keys.flatMap((key) =>
      Object.entries(description[key] ?? {})
        .map(([name, range]) => /^npm:(@?[^@]+)/.exec(String(range))?.[1] ?? name)
        .filter((name) => shared.includes(name))
        .map((name) => ({ message: `${name} is one of its ${key}` })),
    );
    const bundled = shared
      .filter((name) => isBundled(directory, name, description))
      .map((name) => ({ message: `${name} is in its tarball` }));
    const lacking =
      keysOf(description.peerDependencies).includes('@cdkpipe/core') || declared.length > 0
        ? []
        : [{ message: '@cdkpipe/core is no peer of it' }];
    return [...declared, ...bundled, ...lacking];
  },
};

function isBundled(directory: string, name: string, description: PackedPlugin['description']): boolean {
  const listed = [description.bundleDependencies, description.bundledDependencies].flat();
  return listed.includes(name) && existsSync(join(directory, 'node_modules', name));
}

export const papersCheck: Check = {
  id: 'CP105',
  severity: 'warning',
  title: 'it has a README, a licence, and says which Node it runs on',
  why: 'whoever is asked whether to install it decides by what they can read',
  fix: 'add README.md, the key license, and engines.node (cdkpipe itself runs on >=20.19.0)',
  looksAt: 'package',
  run({ directory, description: { license, engines } }): Finding[] {
    const hasReadme = readdirSync(directory).some((file) => /^readme(\.|$)/i.test(file));
    return [
      ...(hasReadme ? [] : [{ message: 'there is no README' }]),
      ...(typeof license === 'string' ? [] : [{ message: 'package.json has no license' }]),
      ...(keysOf(engines).includes('node') ? [] : [{ message: 'package.json has no engines.node' }]),
    ];
  },
};

/** Whatever a stranger wrote there. */
function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
