/** Refers to secrets and parameters: plain data that names a value, never the value. Which kinds take them, their options say. */

/** A secret of Secrets Manager, read when the commands start. */
export interface SecretValue {
  readonly $ref: 'secret';
  /** Name of the secret, in the account and region where the commands run. */
  readonly name: string;
  /** Key inside the secret, where the secret is a JSON object. */
  readonly field?: string | undefined;
}

/** A parameter of Systems Manager's Parameter Store, read when the commands start. */
export interface ParameterValue {
  readonly $ref: 'parameter';
  /** Name of the parameter, in the account and region where the commands run. */
  readonly name: string;
}

/**
 * The value of a secret, for `env`. It is looked up when the commands start and stands in no template or log.
 *
 * @param name of the secret
 * @param options `field`: key inside the secret, where the secret is a JSON object
 */
export function secret(name: string, options: { readonly field?: string } = {}): SecretValue {
  return { $ref: 'secret', name, ...options };
}

/**
 * The value of a parameter of Parameter Store, for `env`, looked up when the commands start.
 *
 * @param name of the parameter
 */
export function parameter(name: string): ParameterValue {
  return { $ref: 'parameter', name };
}
