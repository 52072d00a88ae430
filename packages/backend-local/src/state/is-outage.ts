/** What stands between a run and the world is no verdict on the action that meets it: the run stops, and can go on. */
import { isCdkpipeError } from '@cdkpipe/core';

const outages: ReadonlySet<string> = new Set(['AWS_UNREACHABLE', 'CREDENTIALS_EXPIRED', 'CREDENTIALS_MISSING']);

export function isOutage(error: unknown): boolean {
  return isCdkpipeError(error) && error.problems.some(({ code }) => outages.has(code));
}

/** What stops the run without an end of the action: the world is not there, or a plugin broke its contract. */
export function stopsTheRunFor(error: unknown): boolean {
  return isOutage(error) || (isCdkpipeError(error) && error.source === 'plugin');
}
