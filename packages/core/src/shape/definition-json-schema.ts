/** The shape of a definition as JSON Schema, for editors that complete JSON and YAML files. */
import * as z from 'zod';
import type { KindPage } from '../contracts/kind-page.ts';
import type { OptionSchema } from '../contracts/option-schema.ts';
import type { RulePage } from '../contracts/rule-page.ts';
import type { StepPosition } from '../model/step.ts';
import { codeOnly, definitionSchema, workflowReference } from './definition-schema.ts';

export interface KnownParts {
  /** Kinds whose options are known; a step of another kind may have any. */
  readonly kinds: readonly KindPage[];
  /** Lint rules whose options are known. */
  readonly rules?: readonly RulePage[];
  /** Options of backends, by name; those of another may be any. */
  readonly backends: Readonly<Record<string, OptionSchema>>;
  /** Options of plugins, by name, `false` for one that takes none; those of another may be any. Default: none is known. */
  readonly plugins?: Readonly<Record<string, OptionSchema | false>>;
}

const positions: readonly StepPosition[] = ['build', 'wave', 'change', 'approval'];

type Json = Readonly<Record<string, unknown>>;

/** JSON Schema (draft 2020-12) of a definition that is written as data. What it accepts may still be refused for its meaning. */
export function definitionJsonSchema({ kinds, rules = [], backends, plugins = {} }: KnownParts): Json {
  const { properties, ...schema } = withoutCode(
    z.toJSONSchema(definitionSchema, { io: 'input', unrepresentable: 'any' }) as Json,
  ) as { readonly properties: Json };
  return {
    ...schema,
    title: 'Definition of a cdkpipe pipeline',
    properties: {
      $schema: { type: 'string', description: 'Address of this schema, for editors; cdkpipe ignores it.' },
      ...properties,
      plugins: { type: 'array', items: pluginEntry(plugins) },
      ...(rules.length > 0 ? { rules: rulesSchema(rules, properties.rules as Json) } : {}),
      backends: {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(backends).map(([name, options]) => [name, withoutSchema(options)]),
        ),
      },
    },
    $defs: Object.fromEntries(positions.flatMap((position) => workflowDefinitions(position, kinds))),
  };
}

/** The name of a plugin, alone or with its options. */
function pluginEntry(plugins: Readonly<Record<string, OptionSchema | false>>): Json {
  const name = {
    anyOf: [...Object.keys(plugins).map((known) => ({ const: known })), { type: 'string' }],
    description: 'npm name of a package that exports a plugin.',
  };
  const configured = {
    type: 'object',
    properties: { plugin: name, options: {} },
    required: ['plugin'],
    additionalProperties: false,
    allOf: Object.entries(plugins).map(([known, options]) => ({
      if: { properties: { plugin: { const: known } }, required: ['plugin'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits it
      then: {
        properties: { options: options === false ? { type: 'object', maxProperties: 0 } : withoutSchema(options) },
      },
    })),
  };
  const pair = { type: 'array', prefixItems: [name, {}], minItems: 2, maxItems: 2 };
  return { anyOf: [name, configured, pair] };
}

/** A file of data holds no functions. */
function withoutCode(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutCode);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([, value]) => !isCode(value))
      .map(([key, value]) => [key, withoutCode(value)]),
  );
}

function isCode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && codeOnly in value;
}

/** A sequence, a step, or steps that run in parallel; as deep as one likes. */
function workflowDefinitions(position: StepPosition, kinds: readonly KindPage[]): [string, Json][] {
  const own = workflowReference(position);
  const step = `#/$defs/${position}Step`;
  const name = (reference: string) => reference.slice('#/$defs/'.length);
  const parallel = {
    type: 'object',
    properties: { parallel: { type: 'array', minItems: 1, items: { $ref: own } } },
    required: ['parallel'],
    additionalProperties: false,
  };
  return [
    [name(own), { anyOf: [{ $ref: step }, { type: 'array', items: { $ref: own } }, parallel] }],
    [name(step), stepSchema(kinds.filter((kind) => kind.positions.includes(position)))],
  ];
}

const levels = { enum: ['off', 'warning', 'error'] };

/** Known rules are completed by name; others may come from plugins. */
function rulesSchema(rules: readonly RulePage[], any: Json): Json {
  const known = rules.map(({ name, summary, severity, options }) => [
    name,
    {
      description: `${summary} By default ${severity === 'error' ? 'an error' : 'a warning'}.`,
      anyOf: [
        levels,
        {
          type: 'array',
          prefixItems: [levels, options ? withoutSchema(options) : { type: 'object', maxProperties: 0 }],
          minItems: 2,
          maxItems: 2,
        },
      ],
    },
  ]);
  return { ...any, description: 'Lint rules of plugins, by name.', properties: Object.fromEntries(known) };
}

function stepSchema(kinds: readonly KindPage[]): Json {
  return {
    type: 'object',
    properties: {
      kind: {
        anyOf: [...kinds.map(({ name, summary }) => ({ const: name, description: summary })), { type: 'string' }],
        description: 'Kind of the step; others may come from plugins.',
      },
      name: { type: 'string', pattern: '^[A-Za-z0-9.@_-]{1,100}$' },
      options: {},
    },
    required: ['kind', 'name'],
    additionalProperties: false,
    allOf: kinds.map((kind) => ({
      if: { properties: { kind: { const: kind.name } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema; nobody awaits it
      then: { properties: { options: optionsOf(kind) } },
    })),
  };
}

const runIn = {
  description: 'Where its code runs.',
  anyOf: [
    { enum: ['pipeline', 'target'] },
    {
      type: 'object',
      properties: { account: { type: 'string' }, region: { type: 'string' } },
      required: ['account', 'region'],
      additionalProperties: false,
    },
  ],
};

function optionsOf({ options, runsCode }: KindPage): Json {
  if (options === undefined) return {};
  const { properties = {}, ...rest } = withoutSchema(options) as OptionSchema;
  return { ...rest, properties: { ...properties, ...(runsCode ? { runIn } : {}) } };
}

/** A part of a schema does not say again which draft it is written in. */
function withoutSchema(options: OptionSchema): Json {
  const { $schema, ...rest } = options as Json;
  return rest;
}
