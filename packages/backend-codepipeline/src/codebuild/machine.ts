/** What of a build is about the machine it runs on. */
import type { Build } from '@cdkpipe/core';

type MachineOptions = Pick<Build, 'image' | 'computeType' | 'cache' | 'vpc' | 'timeout'>;

/** Picks those options; absent where they were left to the defaults. */
export function machineOf({ image, computeType, cache, vpc, timeout }: MachineOptions): MachineOptions {
  return {
    ...(image === undefined ? {} : { image }),
    ...(computeType === undefined ? {} : { computeType }),
    ...(cache === undefined ? {} : { cache }),
    ...(vpc === undefined ? {} : { vpc }),
    ...(timeout === undefined ? {} : { timeout }),
  };
}
