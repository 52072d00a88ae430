/** Calls a function that the author wrote into the options. */
import { isCdkpipeError, refused } from '@cdkpipe/core';
import { authorFailed } from '../problems/existing.ts';

/** @throws CdkpipeError (`source: 'user'`) when the function throws: the fault is the author's, not ours */
export async function callAuthor<T>(option: 'customize' | 'pipeline', call: () => T): Promise<Awaited<T>> {
  try {
    return await call();
  } catch (error) {
    if (isCdkpipeError(error)) throw error;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw refused([authorFailed(option, reason)], { cause: error });
  }
}
