/** One line about why work could not be done. */
import { isCdkpipeError } from '@cdkpipe/core';

export function describeFault(error: unknown): string {
  if (isCdkpipeError(error))
    return error.problems.map(({ code, message, fix }) => `${message} (${code}${fix ? `; ${fix}` : ''})`).join('; ');
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}
