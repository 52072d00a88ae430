/** What the disk under `.cdkpipe` does is no verdict on the action that meets it: the run stops, and can go on. */
import { types } from 'node:util';
import { type CdkpipeError, isCdkpipeError, refused } from '@cdkpipe/core';
import { storeFull, storeUnreadable } from '../problems/problems.ts';

const words = { ENOSPC: storeFull, EDQUOT: storeFull, EFBIG: storeFull, EIO: storeUnreadable } as const;

/**
 * @param place where in the store it happened
 * @returns what to stop with; undefined where `error` is about something else
 */
export function findStoreFault(error: unknown, place: string): CdkpipeError | undefined {
  if (!types.isNativeError(error)) return undefined;
  const word = words[(error as NodeJS.ErrnoException).code as keyof typeof words];
  if (word === undefined) return findStoreFault(error.cause, place);
  return refused([word(place, error.message)], { cause: error });
}

const codes: ReadonlySet<string> = new Set(['STORE_FULL', 'STORE_UNREADABLE']);

export function isStoreFault(error: unknown): boolean {
  return isCdkpipeError(error) && error.problems.some(({ code }) => codes.has(code));
}
