/** Sorts the environment variables of a step: what stands in the project, and what CodePipeline resolves. */
import { isValueReference, refused, type ValueReference } from '@cdkpipe/core';
import type { SecretReference } from '../contract.ts';
import { environmentNameInvalid, type Place } from '../problems.ts';
import type { ProjectVariable } from './build-work.ts';
import { checkSecretReference } from './secret-grants.ts';

const validName = /^(?!CODEBUILD_|CDKPIPE_)[A-Za-z_][A-Za-z0-9_]*$/;

export interface SortedVariables {
  readonly variables: readonly ProjectVariable[];
  readonly resolvedVariables: Readonly<Record<string, string>>;
}

export interface VariableReader {
  readonly place: Place;
  /** Refuses text that something would replace. */
  checkText(text: string, option: string): string;
  /** What CodePipeline replaces by the value. */
  resolve(reference: ValueReference): string;
}

export function sortVariables(
  env: Readonly<Record<string, string | ValueReference | SecretReference>>,
  { place, checkText, resolve }: VariableReader,
): SortedVariables {
  const invalid = Object.keys(env).filter((name) => !validName.test(name));
  if (invalid.length > 0) throw refused(invalid.map((name) => environmentNameInvalid(name, place)));
  const variables: ProjectVariable[] = [];
  const resolvedVariables: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (isValueReference(value)) resolvedVariables[name] = resolve(value);
    else if (typeof value === 'string')
      variables.push({ name, type: 'PLAINTEXT', value: checkText(value, `env.${name}`) });
    else {
      const variable = { name, ...value };
      checkSecretReference(variable, place);
      variables.push(variable);
    }
  }
  return { variables, resolvedVariables };
}
