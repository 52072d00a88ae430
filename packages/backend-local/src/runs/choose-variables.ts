/** The values of the pipeline's variables for one run: given, or by default. */
import { type Pipeline, type Problem, refused, suggest } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';

/**
 * @returns undefined where the pipeline declares none
 * @throws CdkpipeError `VARIABLE_NOT_DECLARED`, `VARIABLE_MISSING`, each of them
 */
export function chooseVariables(
  { variables = [] }: Pipeline,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  const names = variables.map(({ name }) => name);
  const problems: Problem[] = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => words.variableNotDeclared(name, suggest(name, names)));
  const values = variables.flatMap(({ name, default: byDefault }) => {
    const value = Object.hasOwn(given, name) ? given[name] : byDefault;
    if (value !== undefined) return [[name, value] as const];
    problems.push(words.variableMissing(name));
    return [];
  });
  if (problems.length > 0) throw refused(problems);
  return variables.length === 0 ? undefined : Object.fromEntries(values);
}
