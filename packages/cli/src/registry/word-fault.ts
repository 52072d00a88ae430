/** Words what npm's libraries throw while they read from a registry. */
import { type Problem, refused } from '@cdkpipe/core';
import {
  integrityWrong,
  packageNotFound,
  registryRefused,
  registryUnreachable,
  sourceUnreadable,
  versionNotFound,
} from './problems.ts';

interface NpmFault {
  readonly code?: unknown;
  readonly message: string;
}

/** @param registry where it was looked for, without credentials */
export function wordRegistryFault(error: unknown, spec: string, registry: string): Error {
  const fault: NpmFault = error instanceof Error ? error : { message: String(error) };
  return refused([problemOf(fault, spec, registry)], { cause: error });
}

/** Words what they throw while they read from git, an address or a file. */
export function wordSourceFault(error: unknown, spec: string): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return refused([sourceUnreadable(spec, reason.trim().split('\n')[0] ?? '')], { cause: error });
}

function problemOf({ code, message }: NpmFault, spec: string, registry: string): Problem {
  switch (code) {
    case 'E404':
      return packageNotFound(spec, registry);
    case 'ETARGET':
    case 'ENOVERSIONS':
      return versionNotFound(spec, registry);
    case 'E401':
    case 'E403':
      return registryRefused(spec, registry, message);
    case 'EINTEGRITY':
      return integrityWrong(spec, message);
    default:
      return registryUnreachable(spec, registry, message);
  }
}
