/** Credentials that a host has for an account, in place of those that the SDK finds by itself. */

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they end; the SDK asks again before. */
  readonly expiration?: Date;
}

/** Answers, for an account, what the SDK calls whenever it needs credentials there. */
export type CredentialsOf = (account: string) => () => Promise<AwsCredentials>;
