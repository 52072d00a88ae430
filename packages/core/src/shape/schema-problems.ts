/** Turns what a schema found into problems with paths. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type * as z from 'zod';
import { optionSchemaOf } from '../contracts/option-schema.ts';
import * as words from '../errors/catalogue/definition.ts';
import type { Problem } from '../errors/problem.ts';
import type { SchemaFault } from './definition-schema.ts';

type Segment = PropertyKey | StandardSchemaV1.PathSegment;

/** `waves[0].deployments[1].env`: keys with dots, indexes in brackets, other keys quoted. */
export function formatPath(segments: readonly Segment[], root = ''): string {
  return segments.reduce<string>((path, segment) => {
    const key = keyOf(segment);
    if (typeof key === 'number') return `${path}[${key}]`;
    const name = String(key);
    if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
    return path === '' ? name : `${path}.${name}`;
  }, root);
}

function keyOf(segment: Segment): PropertyKey {
  return typeof segment === 'object' ? segment.key : segment;
}

/** Problems of the definition's own schema; `value` is what was parsed, to tell missing from wrong. */
export function definitionProblems(issues: readonly z.core.$ZodIssue[], value: unknown): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, value));
}

function problemsOf(issue: z.core.$ZodIssue, value: unknown): Problem[] {
  const path = formatPath(issue.path);
  const found = valueAt(value, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(' ');
    return issue.keys.map((key) => words.unknownKey(formatPath([...issue.path, key]), key, known));
  }
  if (found === undefined && issue.path.length > 0) {
    return [words.valueMissing(path, String(issue.path.at(-1)))];
  }
  if (issue.code === 'custom' && issue.params) {
    return [refinementProblem(issue.params as { fault: SchemaFault; what: string }, path, found)];
  }
  if (issue.code === 'invalid_union' && 'discriminator' in issue) {
    return [words.valueInvalid(path, `${words.shown(found)} is none of ${unionTypes(issue)}`)];
  }
  return [words.valueInvalid(path, `${expectation(issue.message)}, found ${words.shown(found)}`)];
}

function refinementProblem({ fault, what }: { fault: SchemaFault; what: string }, path: string, found: unknown) {
  switch (fault) {
    case 'account':
      return words.accountInvalid(path, found);
    case 'region':
      return words.regionInvalid(path, found);
    case 'name':
      return words.nameInvalid(path, what, found);
    case 'deploymentName':
      return words.deploymentNameInvalid(path, found);
  }
}

function unionTypes(issue: z.core.$ZodIssueInvalidUnion): string {
  return issue.path.at(-1) === 'type' && issue.path.includes('cache') ? 'local, s3' : 'the types of source';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

/** What was received is shown as it was found, so zod need not name its type. */
function expectation(message: string): string {
  return lowerFirst(message.replace(/^Invalid input: (expected .+), received .+$/, '$1'));
}

/** Words that are all capitals, such as a mode or an abbreviation, stay as they are. */
function lowerFirst(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/**
 * Problems of a plugin's schema, whichever library made it.
 *
 * @param of whose options they are, for example `the kind "manual"`
 * @param value what was judged, to show what was found
 */
export function optionProblems(
  issues: readonly StandardSchemaV1.Issue[],
  of: string,
  root: string,
  schema: StandardSchemaV1,
  value: unknown,
): Problem[] {
  return issues.flatMap((issue) => {
    const path = formatPath(issue.path ?? [], root);
    const keys = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys.map(String) : [];
    if (keys.length === 0) {
      const found = valueAt(value, (issue.path ?? []).map(keyOf));
      const key = issue.path?.at(-1);
      if (found === undefined && key !== undefined && 'code' in issue && issue.code === 'invalid_type')
        return [words.optionMissing(path, of, String(keyOf(key)), expectation(issue.message))];
      return [words.optionInvalid(path, of, `${expectation(issue.message)}, found ${words.shown(found)}`)];
    }
    const known = knownKeys(schema, issue.path ?? []);
    return keys.map((key) => words.unknownKey(formatPath([key], path), key, known));
  });
}

/** The keys a schema knows at a path, where its library can express it as JSON Schema. */
function knownKeys(schema: StandardSchemaV1, path: readonly Segment[]): string[] {
  let at = optionSchemaOf(schema);
  for (const segment of path) {
    const key = keyOf(segment);
    at = typeof key === 'number' ? at?.items : at?.properties?.[String(key)];
  }
  return Object.keys(at?.properties ?? {});
}
