/** Fills the values of outputs into the template of a payload. */
import { isOutputPlace, splitOutputValues } from './output-values.ts';

/** The payload as the author wrote it, each output replaced by its value. */
export function readPayload(template: string, userParameters: string | undefined): unknown {
  const parsed: unknown = JSON.parse(template);
  const count = countPlaces(parsed);
  return fill(parsed, count === 0 ? [] : splitOutputValues(userParameters ?? '', count));
}

function countPlaces(value: unknown): number {
  if (isOutputPlace(value)) return value.at + 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Math.max(0, ...Object.values(value).map(countPlaces));
}

function fill(value: unknown, outputs: readonly string[]): unknown {
  if (isOutputPlace(value)) return outputs[value.at];
  if (Array.isArray(value)) return value.map((item) => fill(item, outputs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, outputs)]));
}
