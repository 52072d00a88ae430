/** What a check that has not decided yet wants to know when it is called again; it travels as continuation token. */

/** Characters: CodePipeline's API reference, `PutJobSuccessResult`. */
const longestToken = 2048;

/** @throws Error when the state has no JSON or is too long */
export function writeState(state: unknown): string {
  const token = JSON.stringify({ state });
  if (token.length > longestToken)
    throw new Error(`the state of the check takes ${token.length} characters, CodePipeline hands on ${longestToken}`);
  return token;
}

/** Undefined for the first call. */
export function readState(token: string | undefined): unknown {
  return token === undefined ? undefined : (JSON.parse(token) as { state?: unknown }).state;
}
