/** The kinds of a plugin, and where they may stand. */
import { describeKind, type Plugin, type StepPosition } from '@cdkpipe/core';

export type AnyKind = NonNullable<Plugin['kinds']>[number];

export function positionsIn(kind: AnyKind): readonly StepPosition[] {
  return describeKind(kind).positions;
}

/** Answers of a schema: what it made of the options, or what it said against them. */
export async function validate(kind: AnyKind, options: unknown) {
  if (!kind.options)
    return options === undefined ? { value: undefined } : { issues: [{ message: 'it takes no options' }] };
  return kind.options['~standard'].validate(options);
}
