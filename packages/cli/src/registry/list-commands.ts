/** Lists the commands of a plugin by its files alone: none of its code runs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

/** IDs as oclif makes them, such as `report:last`. */
export function listCommandsOf(directory: string, description: object): string[] {
  const ids = idsInManifest(directory) ?? idsOfFiles(directory, description);
  return ids.filter((id) => /^[\w.-]+(:[\w.-]+)*$/.test(id));
}

/** What oclif writes when a plugin is packed; with it, the files need not be looked at. */
function idsInManifest(directory: string): string[] | undefined {
  for (const name of ['oclif.manifest.json', '.oclif.manifest.json']) {
    try {
      const { commands } = JSON.parse(readFileSync(join(directory, name), 'utf8')) as { commands?: object };
      if (commands) return Object.keys(commands);
    } catch {
      // It has none, or none that oclif could read.
    }
  }
  return undefined;
}

/** A plugin that names its commands in code, instead of by files, needs a manifest to be found. */
function idsOfFiles(root: string, description: object): string[] {
  const { commands } = ((description as { oclif?: unknown }).oclif ?? {}) as { commands?: unknown };
  const { strategy = 'pattern', target = commands } = (
    typeof commands === 'object' && commands !== null ? commands : {}
  ) as {
    strategy?: unknown;
    target?: unknown;
  };
  if (strategy !== 'pattern' || typeof target !== 'string') return [];
  const directory = resolve(root, target);
  if (!directory.startsWith(root + sep)) return [];
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' }).flatMap((file) => idOf(file) ?? []);
  } catch {
    return [];
  }
}

function idOf(file: string): string | undefined {
  const isCommand = /\.(js|cjs|mjs|ts|tsx|mts|cts)$/.test(file) && !/\.(d|test|spec)\.[cm]?[jt]sx?$/.test(file);
  const id = file
    .replace(/\.\w+$/, '')
    .split(/[\\/]/)
    .join(':')
    .replace(/:?index$/, '');
  return isCommand && id !== '' ? id : undefined;
}
