/** Adds a plugin to a definition and takes it out again, in whatever language the definition is written. */
import { basename, extname } from 'node:path';
import { addToJson, removeFromJson } from './edit-json.ts';
import { addToScript, removeFromScript, usesInScript } from './edit-script.ts';
import { addToYaml, removeFromYaml } from './edit-yaml.ts';
import type { Edited } from './edited.ts';

/**
 * @param text content of the definition's `file`
 * @param kinds of the plugin, whose names stay free in a script
 */
export function addPluginTo(file: string, text: string, name: string, kinds: readonly string[] = []): Edited {
  switch (languageOf(file)) {
    case 'json':
      return addToJson(text, name, keysIn(file));
    case 'yaml':
      return addToYaml(text, name);
    case 'script':
      return addToScript(text, name, kinds);
  }
}

export function removePluginFrom(file: string, text: string, name: string): Edited {
  switch (languageOf(file)) {
    case 'json':
      return removeFromJson(text, name, keysIn(file));
    case 'yaml':
      return removeFromYaml(text, name);
    case 'script':
      return removeFromScript(text, name);
  }
}

/** Lines of a script that use what the plugin exports, and would break without it. */
export function usesOfPlugin(file: string, text: string, name: string): number[] {
  return languageOf(file) === 'script' ? usesInScript(text, name) : [];
}

function languageOf(file: string): 'json' | 'yaml' | 'script' {
  const extension = extname(file);
  if (extension === '.json') return 'json';
  return ['.yaml', '.yml', ''].includes(extension) ? 'yaml' : 'script';
}

function keysIn(file: string): string[] {
  return basename(file) === 'package.json' ? ['cdkpipe'] : [];
}
