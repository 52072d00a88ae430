/** Adds a plugin to `plugins` in the definition, or says what its author has to write. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Problem } from '@cdkpipe/core';
import { addPluginTo } from '../definition-edit/edit-definition.ts';
import { definitionKept } from '../problems/plugin-problems.ts';
import type { PluginProject } from './plugin-project.ts';

export interface Listing {
  /** Lines to write into the definition, where it could not be edited. */
  readonly byHand: readonly string[];
  readonly warnings: readonly Problem[];
}

export function listInDefinition(
  { file }: PluginProject,
  plugin: { readonly name: string; readonly version: string },
  kinds: readonly string[],
): Listing {
  const edited = addPluginTo(file, readFileSync(file, 'utf8'), plugin.name, kinds);
  if ('text' in edited) {
    writeFileSync(file, edited.text);
    return { byHand: [], warnings: [] };
  }
  return { byHand: edited.byHand, warnings: [definitionKept(plugin, edited.reason)] };
}
