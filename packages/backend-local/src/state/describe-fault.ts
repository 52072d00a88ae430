/** One line about why work could not be done, and whose fault it is where it is a plugin's. */
import { types } from 'node:util';
import { describeThrown, isCdkpipeError, type Problem } from '@cdkpipe/core';

export function describeFault(error: unknown): string {
  if (isCdkpipeError(error)) return error.problems.map(describeProblem).join('; ');
  // Not `instanceof`, which runs the code of a proxy.
  if (types.isNativeError(error)) return error.message || error.name;
  return describeThrown(error);
}

function describeProblem({ code, message, fix, plugin, version }: Problem): string {
  const whose = plugin === undefined ? '' : `${[plugin, version].filter((part) => part).join(' ')}: `;
  return `${whose}${message} (${code}${fix ? `; ${fix}` : ''})`;
}
