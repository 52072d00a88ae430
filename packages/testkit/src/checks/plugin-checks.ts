/** Checks of the plugin as a whole: what it is, and what its hooks do to a pipeline that has no step of it. */
import { checkAgainstManifest, manifestKeyword, readPluginManifest } from '@cdkpipe/core';
import type { Check } from '../check/check.ts';

export const nameCheck: Check = {
  id: 'CP121',
  severity: 'error',
  title: 'the plugin is called as its package',
  why: 'messages, locks and the order of hooks name plugins by their package',
  fix: 'give definePlugin the name in package.json',
  looksAt: 'plugin',
  run: ({ plugin, name }) =>
    plugin.name === name ? [] : [{ message: `the plugin calls itself ${plugin.name}, its package ${name}` }],
};

export const agreementCheck: Check = {
  id: 'CP122',
  severity: 'error',
  title: 'the plugin brings what package.json says',
  why: 'people accept a plugin by what package.json shows them; cdkpipe plugins:install refuses one that brings something else',
  fix: 'bring cdkpipePlugin in package.json up to date',
  looksAt: 'plugin',
  run({ plugin, description }) {
    const manifest = readPluginManifest({ ...description, keywords: [manifestKeyword] });
    if (!('api' in manifest)) return [];
    // The protocol is a matter of the manifest alone: what is loaded here speaks ours.
    return checkAgainstManifest(plugin, { ...manifest, api: plugin.api }).map(({ message }) => ({ message }));
  },
};

export const ordinaryPipelineCheck: Check = {
  id: 'CP131',
  severity: 'error',
  title: 'a pipeline that uses nothing of the plugin is rendered as ever',
  why: 'hooks run in every project that lists the plugin, also before anybody uses a kind of it',
  fix: 'let each hook cope with a pipeline that has none of the steps it looks for',
  looksAt: 'plugin',
  async run({ trials }) {
    const outcome = await trials.bare();
    if (outcome.type === 'drawn') return [];
    if (outcome.type !== 'refused') return outcome.type === 'mutation' ? [] : [{ message: outcome.message }];
    return outcome.problems.map(({ message }) => ({ message }));
  },
};
