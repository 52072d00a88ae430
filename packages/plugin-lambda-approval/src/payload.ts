/** The payload of a check: JSON that may hold references to values. */
import { isValueReference, type ValueReference } from '@cdkpipe/core';
import { valueReferenceSchema } from '@cdkpipe/core/schemas';

export type Payload =
  | string
  | number
  | boolean
  | null
  | ValueReference
  | readonly Payload[]
  | { readonly [key: string]: Payload };

export interface PayloadFault {
  readonly path: PropertyKey[];
  readonly message: string;
}

/** What in a value is not JSON, or is only almost a reference. */
export function findPayloadFaults(value: unknown, path: PropertyKey[] = []): PayloadFault[] {
  if (isValueReference(value))
    return valueReferenceSchema.safeParse(value).success
      ? []
      : [{ path, message: 'expected a reference such as output(stack, name)' }];
  if (Array.isArray(value)) return value.flatMap((item, index) => findPayloadFaults(item, [...path, index]));
  if (typeof value === 'object' && value !== null && isPlain(value))
    return Object.entries(value).flatMap(([key, item]) => findPayloadFaults(item, [...path, key]));
  const isJson = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  return isJson ? [] : [{ path, message: `expected JSON, found ${nameOf(value)}` }];
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return `a ${value.constructor.name}`;
  return typeof value === 'number' || value === undefined ? String(value) : `a ${typeof value}`;
}

/** The payload with every reference replaced by what `read` makes of it. */
export function fillPayload(payload: Payload, read: (reference: ValueReference) => string): unknown {
  if (isValueReference(payload)) return read(payload);
  if (Array.isArray(payload)) return payload.map((item) => fillPayload(item, read));
  if (typeof payload !== 'object' || payload === null) return payload;
  return Object.fromEntries(Object.entries(payload).map(([key, item]) => [key, fillPayload(item, read)]));
}
