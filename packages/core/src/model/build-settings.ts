/** Settings of a build beyond its commands: those that a backend may honour or not. */
import type { Build } from './build.ts';

export const buildSettings = [
  'exports',
  'image',
  'computeType',
  'privileged',
  'cache',
  'vpc',
  'fileSystems',
  'logging',
  'buildSpec',
  'timeout',
  'rolePolicy',
] as const satisfies readonly (keyof Build)[];

export type BuildSetting = (typeof buildSettings)[number];
