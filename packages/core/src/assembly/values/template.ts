/** The parts of a template that decide which values one stack takes from another. */
import type { Environment } from '../../model/environment.ts';

export interface Template {
  readonly Transform?: unknown;
  readonly Parameters?: Readonly<Record<string, { readonly Type?: unknown; readonly Default?: unknown }>>;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

export interface TemplateResource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A template together with what fills its pseudo parameters and parameters in. */
export interface StackTemplate {
  readonly template: Template;
  /** The template as it was written. */
  readonly text: string;
  readonly stackName: string;
  readonly env: Environment;
  /** Values that the assembly gives to parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Every object below a value, the outer before the inner. */
export function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const item of Object.values(value)) yield* objectsIn(item);
}
