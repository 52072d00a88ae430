/** Everything that is known of a kind, as data: for its page in the docs and for whoever asks on the command line. */
import type { StepPosition } from '../model/step.ts';
import { type KindExample, positionsOf } from './kind.ts';
import { type OptionSchema, optionSchemaOf } from './option-schema.ts';
import type { AnyKind } from './plugin.ts';

export interface KindPage {
  readonly name: string;
  readonly summary: string;
  readonly positions: readonly StepPosition[];
  /** Whether `runIn` says where its code runs. */
  readonly runsCode: boolean;
  /** Whether backends without a renderer of it get other steps in its place. */
  readonly lowers: boolean;
  /** JSON Schema of the options; absent for a kind that takes none, or whose schema cannot be expressed. */
  readonly options?: OptionSchema;
  readonly examples: readonly KindExample<unknown>[];
}

export function describeKind(kind: AnyKind): KindPage {
  const options = kind.options && optionSchemaOf(kind.options);
  return {
    name: kind.name,
    summary: kind.summary,
    positions: positionsOf(kind),
    runsCode: kind.runsCode ?? false,
    lowers: kind.lower !== undefined,
    ...(options ? { options } : {}),
    examples: kind.examples ?? [],
  };
}
