/** The only thing that flows from stacks to approvals: the value of a stack's output. */

/** Stands for the value of an output; resolved by the backend when the deployment has executed. */
export interface OutputReference {
  readonly $ref: 'output';
  /** Path of the stack's construct inside the deployment, for example `Orders`. */
  readonly stack: string;
  /** Logical ID of the output in the stack's template. */
  readonly name: string;
}

export function isOutputReference(value: unknown): value is OutputReference {
  return typeof value === 'object' && value !== null && '$ref' in value && value.$ref === 'output';
}

/** A reference and where in the searched value it stands. */
export interface PlacedReference {
  readonly reference: OutputReference;
  /** For example `env.URL` or `payload.items[0]`; empty for the value itself. */
  readonly path: string;
}

/** Every reference inside plain data, in document order. */
export function findOutputReferences(value: unknown, path = ''): PlacedReference[] {
  if (isOutputReference(value)) return [{ reference: value, path }];
  if (Array.isArray(value)) return value.flatMap((item, index) => findOutputReferences(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    findOutputReferences(item, path === '' ? key : `${path}.${key}`),
  );
}
