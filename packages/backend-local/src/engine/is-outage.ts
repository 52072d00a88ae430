/** What stands between a run and the world is no verdict on the action that meets it: the run stops, and can go on. */
import { isCdkpipeError } from '@cdkpipe/core';

const outages: ReadonlySet<string> = new Set(['AWS_UNREACHABLE', 'CREDENTIALS_EXPIRED', 'CREDENTIALS_MISSING']);

export function isOutage(error: unknown): boolean {
  return isCdkpipeError(error) && error.problems.some(({ code }) => outages.has(code));
}
