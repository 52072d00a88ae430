/** A template of CloudFormation as data, and in which order its resources are made. */
import { parse } from 'yaml';
import { validationError } from './fault.test.fixture.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Rules?: Readonly<Record<string, { readonly Assertions: readonly Assertion[] }>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

interface Assertion {
  readonly Assert: unknown;
  readonly AssertDescription?: string;
}

interface TemplateOutput {
  readonly Value: unknown;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** JSON is YAML as well. */
export function readTemplate(text: string): Template {
  const template = parse(text) as Template | null;
  if (!template?.Resources || Object.keys(template.Resources).length === 0)
    throw validationError('Template format error: At least one Resources member must be defined.');
  return template;
}

/** Logical IDs, each after those that it refers to or depends on; the order of the template otherwise. */
export function creationOrder({ Resources }: Template): string[] {
  const order: string[] = [];
  const visit = (id: string, path: readonly string[]) => {
    if (order.includes(id)) return;
    if (path.includes(id)) throw validationError(`Circular dependency between resources: [${path.join(', ')}]`);
    const resource = Resources[id];
    const needs = [...[resource?.DependsOn ?? []].flat(), ...referencesIn(resource?.Properties)];
    for (const need of new Set(needs)) if (need in Resources) visit(need, [...path, id]);
    order.push(id);
  };
  for (const id of Object.keys(Resources)) visit(id, []);
  return order;
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === 'Ref') return [String(item)];
    if (key === 'Fn::GetAtt') return [String([item].flat()[0]).split('.')[0] ?? ''];
    const text: unknown = key === 'Fn::Sub' ? [item].flat()[0] : '';
    const placed =
      typeof text === 'string' ? [...text.matchAll(/\$\{([A-Za-z0-9]+)[.}]/g)].map(([, id = '']) => id) : [];
    return [...placed, ...referencesIn(item)];
  });
}
