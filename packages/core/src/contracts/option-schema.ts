/** The options of a kind or backend as JSON Schema, where the schema's library can say so (Standard JSON Schema). */
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';

/** The part of JSON Schema that is read here. */
export interface OptionSchema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, OptionSchema>>;
  readonly required?: readonly string[];
  readonly items?: OptionSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly anyOf?: readonly OptionSchema[];
  readonly oneOf?: readonly OptionSchema[];
}

/** What an author may write; undefined where the library cannot express the schema. */
export function optionSchemaOf(schema: StandardSchemaV1): OptionSchema | undefined {
  const { jsonSchema } = schema['~standard'] as Partial<StandardJSONSchemaV1.Props>;
  try {
    return jsonSchema?.input({ target: 'draft-2020-12' });
  } catch {
    return undefined;
  }
}
