/** One line about why work could not be done, and whose fault it is where it is a plugin's. */
import { isCdkpipeError, type Problem } from '@cdkpipe/core';

export function describeFault(error: unknown): string {
  if (isCdkpipeError(error)) return error.problems.map(describeProblem).join('; ');
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}

function describeProblem({ code, message, fix, plugin, version }: Problem): string {
  const whose = plugin === undefined ? '' : `${[plugin, version].filter((part) => part).join(' ')}: `;
  return `${whose}${message} (${code}${fix ? `; ${fix}` : ''})`;
}
