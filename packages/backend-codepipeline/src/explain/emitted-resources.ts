/** Finds resources of the pipeline's own templates as the templates refer to them: by logical ID, name or ARN. */
import type { EmittedTemplate } from '../inspect/own-templates.ts';
import { asArray, asObject, type Json, type Resource } from '../inspect/read-template.ts';

export interface PlacedResource extends Resource {
  readonly stack: string;
  readonly metadata: Readonly<Record<string, Json>>;
}

export interface EmittedResources {
  readonly all: readonly PlacedResource[];
  find(stack: string, logicalId: string): PlacedResource | undefined;
  /** What a value in a template of `stack` refers to: a `Ref`, an `Fn::GetAtt`, a physical name, or an ARN that ends in one. */
  refer(stack: string, value: Json | undefined): PlacedResource | undefined;
}

const nameProperties = ['RoleName', 'Name', 'FunctionName'] as const;

export function indexResources(templates: readonly EmittedTemplate[]): EmittedResources {
  const all = templates.flatMap(({ file, template }) => resourcesIn(file.replace(/\.template\.json$/, ''), template));
  const byId = new Map(all.map((resource) => [`${resource.stack}/${resource.logicalId}`, resource]));
  const byName = new Map(
    all.flatMap((resource) =>
      nameProperties.flatMap((property) => {
        const name = resource.properties[property];
        return typeof name === 'string' ? [[name, resource] as const] : [];
      }),
    ),
  );
  const find = (stack: string, logicalId: string) => byId.get(`${stack}/${logicalId}`);
  return {
    all,
    find,
    refer(stack, value) {
      if (typeof value === 'string') return byName.get(value) ?? byName.get(value.slice(value.lastIndexOf('/') + 1));
      const { Ref, 'Fn::GetAtt': attribute } = asObject(value);
      const logicalId = Ref ?? asArray(attribute)[0];
      return typeof logicalId === 'string' ? find(stack, logicalId) : undefined;
    },
  };
}

function resourcesIn(stack: string, template: Json): PlacedResource[] {
  return Object.entries(asObject(asObject(template).Resources)).map(([logicalId, resource]) => {
    const { Type, Properties, Metadata } = asObject(resource);
    return {
      stack,
      logicalId,
      type: typeof Type === 'string' ? Type : '',
      properties: asObject(Properties),
      metadata: asObject(Metadata),
    };
  });
}
