/** What of a build, or of a step that runs commands, is about how it runs. */
import type { BuildSettings } from './build-work.ts';

const names = [
  'image',
  'computeType',
  'privileged',
  'cache',
  'vpc',
  'fileSystems',
  'logging',
  'timeout',
  'buildSpec',
] as const satisfies readonly (keyof BuildSettings)[];

/** Picks those options; absent where they were left to the defaults. */
export function settingsOf(options: BuildSettings): BuildSettings {
  return Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
}
