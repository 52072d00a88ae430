/** Sorts the environment variables of a step: what stands in the project, what CodePipeline resolves, and what is looked up. */
import { isValueReference, type PartialBuildSpec, refused, type ValueReference } from '@cdkpipe/core';
import type { SecretReference } from '../contract/code-build-spec.ts';
import type { Place } from '../problems/place.ts';
import { environmentNameInvalid } from '../problems/texts.ts';
import type { ProjectVariable } from './build-work.ts';
import type { CarriedValue } from './carry-value.ts';
import type { LookUp } from './look-up-values.ts';
import { checkSecretReference } from './secret-grants.ts';

const validName = /^(?!CODEBUILD_|CDKPIPE_)[A-Za-z_][A-Za-z0-9_]*$/i;

export interface SortedVariables {
  readonly variables: readonly ProjectVariable[];
  readonly resolvedVariables: Readonly<Record<string, string>>;
  /** Values that the build asks for itself. */
  readonly lookUps: readonly LookUp[];
}

export interface VariableReader {
  readonly place: Place;
  /** Refuses text that something would replace. */
  checkText(text: string, option: string): string;
  /** How the value of the variable `name` gets there. */
  carry(name: string, reference: ValueReference): CarriedValue;
}

export function sortVariables(
  env: Readonly<Record<string, string | ValueReference | SecretReference>>,
  { place, checkText, carry }: VariableReader,
): SortedVariables {
  const invalid = Object.keys(env).filter((name) => !validName.test(name));
  if (invalid.length > 0) throw refused(invalid.map((name) => environmentNameInvalid(name, place)));
  const variables: ProjectVariable[] = [];
  const resolvedVariables: Record<string, string> = {};
  const lookUps: LookUp[] = [];
  for (const [name, value] of Object.entries(env)) {
    if (isValueReference(value)) {
      const carried = carry(name, value);
      if ('text' in carried) resolvedVariables[name] = carried.text;
      else lookUps.push({ name, origin: carried.origin });
    } else if (typeof value === 'string')
      variables.push({ name, type: 'PLAINTEXT', value: checkText(value, `env.${name}`) });
    else {
      const variable = { name, ...value };
      checkSecretReference(variable, place);
      variables.push(variable);
    }
  }
  return { variables, resolvedVariables, lookUps };
}

/** Secrets and parameters that a buildspec refers to. */
export function buildSpecReferences({ env = {} }: PartialBuildSpec = {}): ProjectVariable[] {
  const read = (type: ProjectVariable['type'], values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).map(([name, value]) => ({ name, type, value }));
  return [...read('SECRETS_MANAGER', env['secrets-manager']), ...read('PARAMETER_STORE', env['parameter-store'])];
}
