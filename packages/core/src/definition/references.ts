/** Refers to values of variables. */
import type { ExportedReference, VariableReference } from '../model/value-reference.ts';

/**
 * The value of a variable of the pipeline.
 *
 * @param name as the definition's `variables` declare it
 */
export function variable(name: string): VariableReference {
  return { $ref: 'variable', name };
}

/**
 * The value that an environment variable had when the build or a step ended; it must be named in its `exports`.
 *
 * @param step `Build`, the name of a step of the build or of the same deployment or wave, or the whole ID of a step
 *   elsewhere, such as `Beta/Smoke`; it must have run before
 * @param name of the environment variable, for example `VERSION`
 */
export function exported(step: string, name: string): ExportedReference {
  return { $ref: 'exported', step, name };
}
