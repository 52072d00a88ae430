/** The kinds of a plugin, and where they may stand. */
import { describeKind, type Plugin, type StepPosition } from '@cdkpipe/core';

export type AnyKind = NonNullable<Plugin['kinds']>[number];

export function positionsIn(kind: AnyKind): readonly StepPosition[] {
  return describeKind(kind).positions;
}

/** What a schema made of the options, or what it said against them. */
export type Validated = { readonly value: unknown } | { readonly issues: readonly { readonly message: string }[] };

export async function validate({ options: schema }: AnyKind, options: unknown): Promise<Validated> {
  if (!schema) return options === undefined ? { value: undefined } : { issues: [{ message: 'it takes no options' }] };
  const result = await schema['~standard'].validate(options);
  // Some libraries hand on a value beside their issues.
  return result.issues ? { issues: result.issues } : { value: result.value };
}
