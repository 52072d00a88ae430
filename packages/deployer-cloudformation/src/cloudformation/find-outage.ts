/** Tells what AWS has refused from what never reached it, or came with credentials that have run out. */
import type { Environment, Problem } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';

const network =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EPIPE)$/;
const expired = /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/;
const overloaded =
  /^(TimeoutError|Throttling|ThrottlingException|TooManyRequestsException|RequestLimitExceeded|SlowDown)$/;

/**
 * @param call what was asked
 * @returns what stands in the way of any answer; undefined where AWS has given one
 */
export function findOutage(env: Environment, call: string, error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message, code = '', $fault, cause } = error as NodeJS.ErrnoException & { readonly $fault?: string };
  if (expired.test(name)) return words.credentialsExpired(env, call, `${name}: ${message}`);
  if (name === 'CredentialsProviderError' && $fault === undefined && cause === undefined)
    return words.credentialsMissing(message);
  const isAway = network.test(code) || overloaded.test(name) || $fault === 'server';
  // A connection that was tried by several addresses has a cause for each, and no message.
  if (isAway) return words.awsUnreachable(env, call, message || code || name);
  return findOutage(env, call, cause);
}
