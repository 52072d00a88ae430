/** Account and region of a definition, where the app says them. */

/** Stands where an account or a region is not known; no account has this number, so nothing can be deployed there. */
export const unknownEnv = { account: '000000000000', region: 'us-east-1' };

/** Both, or the placeholder for both: a stack must not go to a region that nobody has chosen. */
export function knownEnv({
  account,
  region,
}: {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}) {
  return account === undefined || region === undefined ? unknownEnv : { account, region };
}
