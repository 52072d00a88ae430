/** How the values of outputs travel in UserParameters, the one string that CodePipeline hands to a function. */

/**
 * Stands around and between the values. CodePipeline pastes them in as they are, so nothing can be quoted; a value that
 * held the separator would make their number wrong, which the reader refuses.
 */
const separator = '|cdkpipe|';

/** Stands in a payload's template for the value of an output. */
export interface OutputPlace {
  readonly $ref: 'output';
  /** Which of the values. */
  readonly at: number;
}

export function isOutputPlace(value: unknown): value is OutputPlace {
  return typeof value === 'object' && value !== null && '$ref' in value && value.$ref === 'output' && 'at' in value;
}

/** Joins values, or what CodePipeline will replace by them. */
export function joinOutputValues(values: readonly string[]): string {
  return ['', ...values, ''].join(separator);
}

/**
 * Takes the values apart again.
 *
 * @throws Error when they are not `count` values, or when one was left unresolved
 */
export function splitOutputValues(text: string, count: number): string[] {
  const values = text.split(separator).slice(1, -1);
  if (joinOutputValues(values) !== text || values.length !== count)
    throw new Error(`expected the values of ${count} outputs in UserParameters, found ${values.length}`);
  const unresolved = values.find((value) => /^#\{[A-Za-z0-9@_-]+\.[^}]+\}$/.test(value));
  if (unresolved !== undefined) throw new Error(`the output ${unresolved} was not resolved by CodePipeline`);
  return values;
}
