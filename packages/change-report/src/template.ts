/** The parts of a CloudFormation template that a report reads. */
import { isObject, type Json, type JsonObject } from './json.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly Condition?: Json;
  readonly DeletionPolicy?: Json;
  readonly UpdateReplacePolicy?: Json;
}

export interface Template {
  readonly Conditions?: JsonObject;
  readonly Mappings?: JsonObject;
  readonly Outputs?: JsonObject;
  readonly Parameters?: JsonObject;
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

/** Resources by logical ID; what is no resource is left out. */
export function resourcesOf(template: Template): [string, TemplateResource][] {
  const entries: [string, unknown][] = Object.entries(isObject(template.Resources) ? template.Resources : {});
  return entries.filter((entry): entry is [string, TemplateResource] => {
    const [, resource] = entry;
    return isObject(resource) && typeof resource.Type === 'string';
  });
}

export function findResource(template: Template, logicalId: string): TemplateResource | undefined {
  return resourcesOf(template).find(([id]) => id === logicalId)?.[1];
}

/** The template in a text, or undefined where it is not JSON, as CDK writes it. */
export function parseTemplate(text: string): Template | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? (parsed as Template) : undefined;
  } catch {
    return undefined;
  }
}
