/** Where secrets and parameters come from on this machine: environment variables of whoever runs cdkpipe. */

/** `orders/tester` is read from `CDKPIPE_SECRET_ORDERS_TESTER`. */
export function secretVariable(name: string): string {
  return `CDKPIPE_SECRET_${variablePart(name)}`;
}

export function parameterVariable(name: string): string {
  return `CDKPIPE_PARAMETER_${variablePart(name)}`;
}

function variablePart(name: string): string {
  return name
    .replace(/^\/+/, '')
    .replace(/[^A-Za-z0-9]/g, '_')
    .toUpperCase();
}

/**
 * @throws Error naming the variable where it is not set, or does not hold the field
 */
export function findSecret(env: NodeJS.ProcessEnv, name: string, field: string | undefined): string {
  const variable = secretVariable(name);
  const value = env[variable];
  if (value === undefined)
    throw new Error(`the secret "${name}" has no value here: set the environment variable ${variable}`);
  if (field === undefined) return value;
  const found = readField(value, field);
  if (found === undefined)
    throw new Error(`the secret "${name}" has no field "${field}" here: let ${variable} hold JSON with that key`);
  return found;
}

function readField(value: string, field: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    const found =
      typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>)[field] : undefined;
    return found === undefined || found === null ? undefined : String(found);
  } catch {
    return undefined;
  }
}

/** @throws Error naming the variable where it is not set */
export function findParameter(env: NodeJS.ProcessEnv, name: string): string {
  const variable = parameterVariable(name);
  const value = env[variable];
  if (value === undefined)
    throw new Error(`the parameter "${name}" has no value here: set the environment variable ${variable}`);
  return value;
}
