/** The variables that a buildspec sets. */
import { type PartialBuildSpec, type PlanNode, refused } from '@cdkpipe/core';
import type { TaskTools } from '../contract/renderer.ts';
import { variableSetTwice } from '../problems/problems.ts';

/**
 * Values of secrets and parameters come from this machine's environment, and are removed from what is printed.
 *
 * @param taken names that are set elsewhere
 * @throws CdkpipeError where a name is set twice, Error where a secret or parameter has no value here
 */
export function readSpecVariables(
  { env = {} }: PartialBuildSpec,
  taken: readonly string[],
  node: PlanNode,
  tools: Pick<TaskTools, 'secret' | 'parameter'>,
): Record<string, string> {
  const variables = Object.entries(env.variables ?? {});
  const parameters = Object.entries(env['parameter-store'] ?? {});
  const secrets = Object.entries(env['secrets-manager'] ?? {});
  const names = [...taken, ...[...variables, ...parameters, ...secrets].map(([name]) => name)];
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  if (twice.length > 0) throw refused(twice.map((name) => variableSetTwice(name, node)));
  return Object.fromEntries([
    ...variables,
    ...parameters.map(([name, parameter]) => [name, tools.parameter(parameter)] as const),
    ...secrets.map(([name, reference]) => {
      const { secret, field } = readSecretReference(reference);
      return [name, tools.secret(secret, field)] as const;
    }),
  ]);
}

export interface SecretReference {
  /** Name or ARN. */
  readonly secret: string;
  readonly field?: string;
  readonly stage?: string;
  readonly version?: string;
}

/** Reads CodeBuild's `secret:json-key:version-stage:version-id`; any but the first may be empty or left out. */
export function readSecretReference(reference: string): SecretReference {
  const parts = reference.split(':');
  const isArn = parts[0] === 'arn';
  const secret = isArn ? parts.slice(0, 7).join(':') : (parts[0] ?? '');
  const [field, stage, version] = parts.slice(isArn ? 7 : 1);
  return { secret, ...(field && { field }), ...(stage && { stage }), ...(version && { version }) };
}
