/** Reads the variables of the pipeline. */
import { variableWithoutDefault } from '../errors/catalogue/definition.ts';
import type { Problem } from '../errors/problem.ts';
import type { PipelineVariable } from '../model/pipeline-variable.ts';
import type { Source } from '../model/source.ts';
import type { ShapedDefinition } from '../shape/definition-schema.ts';

/** A run that a source starts has nobody who gives a value, so it would fail without a default. */
export function readVariables(
  { variables }: ShapedDefinition,
  source: Source,
  problems: Problem[],
): PipelineVariable[] {
  return Object.entries(variables).map(([name, { default: value, description }]) => {
    if (value === undefined && source.trigger !== 'none')
      problems.push(variableWithoutDefault(`variables[${JSON.stringify(name)}]`, name, source.trigger));
    return {
      name,
      ...(value === undefined ? {} : { default: value }),
      ...(description === undefined ? {} : { description }),
    };
  });
}
