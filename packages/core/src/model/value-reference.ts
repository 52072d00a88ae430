/** The values that flow through a pipeline, as plain data that stands for each until a run knows it. */
import { isOutputReference, type OutputReference, outputText } from './output-reference.ts';

/** Stands for what a run knows of a source: its commit, its branch, its digest. */
export interface SourceReference {
  readonly $ref: 'source';
  /** For example `commitId`; which a source has depends on its type. */
  readonly attribute: string;
  /** Directory of an additional source; the main one when absent. */
  readonly directory?: string | undefined;
}

/** Stands for a variable that the definition declares in `variables`. */
export interface VariableReference {
  readonly $ref: 'variable';
  readonly name: string;
}

/** Stands for a variable that the build or a step sets and names in its `exports`. */
export interface ExportedReference {
  readonly $ref: 'exported';
  /** `Build`, a step of the build, or a step of the same place; any other by its whole ID, such as `Beta/Smoke`. */
  readonly step: string;
  /** Name of the environment variable. */
  readonly name: string;
}

export type ValueReference = OutputReference | SourceReference | VariableReference | ExportedReference;

/** What a reference refers to; a backend says which of them it can honour. */
export type ReferenceKind = ValueReference['$ref'];

const kinds: ReadonlySet<unknown> = new Set<ReferenceKind>(['output', 'source', 'variable', 'exported']);

export function isValueReference(value: unknown): value is ValueReference {
  return isOutputReference(value) || (isObject(value) && '$ref' in value && kinds.has(value.$ref));
}

/** A reference and where in the searched value it stands. */
export interface PlacedValue {
  readonly reference: ValueReference;
  /** For example `env.URL` or `payload.items[0]`; empty for the value itself. */
  readonly path: string;
}

/** Every reference inside plain data, in document order. */
export function findReferences(value: unknown, path = ''): PlacedValue[] {
  if (isValueReference(value)) return [{ reference: value, path }];
  if (Array.isArray(value)) return value.flatMap((item, index) => findReferences(item, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => findReferences(item, path === '' ? key : `${path}.${key}`));
}

/** Every reference to the output of a stack inside plain data. */
export function findOutputReferences(value: unknown): { readonly reference: OutputReference; readonly path: string }[] {
  return findReferences(value).flatMap(({ reference, path }) =>
    isOutputReference(reference) ? [{ reference, path }] : [],
  );
}

/** A reference as an author writes it, for messages. */
export function referenceText(reference: ValueReference): string {
  switch (reference.$ref) {
    case 'output':
      return outputText(reference);
    case 'source':
      return `source.attribute("${reference.attribute}"${reference.directory === undefined ? '' : `, "${reference.directory}"`})`;
    case 'variable':
      return `variable("${reference.name}")`;
    case 'exported':
      return `exported("${reference.step}", "${reference.name}")`;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
