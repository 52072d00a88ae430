/** How large the log of an action may become: a step that prints without end must fill neither disk nor memory. */
import { refused } from '@cdkpipe/core';
import { logLimitInvalid } from '../problems/problems.ts';

export const logLimitVariable = 'CDKPIPE_LOG_LIMIT';

const mebibyte = 1024 * 1024;

/** In MiB, for each attempt of an action. */
const defaultLimit = 32;

/**
 * @returns bytes
 * @throws CdkpipeError `LOG_LIMIT_INVALID`
 */
export function readLogLimit(env: NodeJS.ProcessEnv): number {
  const text = env[logLimitVariable];
  if (text === undefined || text === '') return defaultLimit * mebibyte;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw refused([logLimitInvalid(text)]);
  return Number(text) * mebibyte;
}
