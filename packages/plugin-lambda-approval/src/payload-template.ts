/** Takes the values out of a payload, so that each part can travel where it is safe. */
import { isValueReference, referenceText, type ValueReference } from '@cdkpipe/core';
import type { Payload } from './payload.ts';
import type { OutputPlace } from './runtime/output-values.ts';

export interface PayloadTemplate {
  /** JSON in which `{"$ref":"output","at":N}` stands for the value of `outputs[N]`. */
  readonly json: string;
  /** The reference of each value once. */
  readonly outputs: readonly ValueReference[];
}

export function splitPayload(payload: Payload): PayloadTemplate {
  const outputs: ValueReference[] = [];
  const placeOf = (reference: ValueReference): OutputPlace => {
    const known = outputs.findIndex((output) => referenceText(output) === referenceText(reference));
    return { $ref: 'output', at: known >= 0 ? known : outputs.push(reference) - 1 };
  };
  const json = JSON.stringify(payload, (_key, value: unknown) => (isValueReference(value) ? placeOf(value) : value));
  return { json: inert(json), outputs };
}

/** One string of JSON in which `write` stands, quoted, for each value. */
export function joinPayload({ json, outputs }: PayloadTemplate, write: (output: ValueReference) => string): string {
  const values = outputs.map((output) => `"${write(output)}"`);
  return json.replace(/\{"\$ref":"output","at":(\d+)\}/g, (_place, at: string) => values[Number(at)] ?? '');
}

/**
 * The same JSON, in which no text opens a variable of CodePipeline, a dynamic reference of CloudFormation or a token of
 * the CDK: `#{`, `{{` and `${` can stand in texts only, where a brace may be written by its code.
 */
function inert(json: string): string {
  return json.replace(/(?<=[#{$])\{/g, '\\u007b');
}
