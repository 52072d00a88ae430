/**
 * Cuts a template with a large pipeline into small ones that say the same: CloudFormation's validator takes a time
 * quadratic in the size of the pipeline resource.
 */
import type { TemplateSlice } from '@cdkpipe/core';
import { asArray, asObject, type Json, type JsonObject } from './read-template.ts';

/**
 * One slice for each stage behind the first, each with the first stage and that one, as a pipeline needs two. The first
 * slice holds all other resources too; in the rest, what the pipeline refers to is a parameter.
 */
export function sliceTemplate(template: Json, pipelineId: string): TemplateSlice[] {
  const { Resources, ...rest } = asObject(template);
  const pipeline = asObject(asObject(Resources)[pipelineId]);
  const properties = asObject(pipeline.Properties);
  const [first, ...stages] = asArray(properties.Stages);
  if (first === undefined) return [];
  return stages.map((stage, index) => {
    const name = `stage ${String(asObject(stage).Name)}`;
    const cut: JsonObject = { ...pipeline, Properties: { ...properties, Stages: [first, stage] } };
    if (index === 0) return { name, template: { ...rest, Resources: { ...asObject(Resources), [pipelineId]: cut } } };
    return { name, template: standAlone(pipelineId, cut) };
  });
}

/** A template of one resource; whatever else it refers to is a parameter. */
function standAlone(logicalId: string, { DependsOn: _, Metadata: __, ...resource }: JsonObject): Json {
  const parameters = new Map<string, Json>();
  const replaced = replaceReferences(resource, (target) => {
    const id = target.join('').replace(/[^A-Za-z0-9]/g, '');
    parameters.set(id, { Type: 'String' });
    return { Ref: id };
  });
  return {
    ...(parameters.size > 0 ? { Parameters: Object.fromEntries(parameters) } : {}),
    Resources: { [logicalId]: replaced },
  };
}

function replaceReferences(value: Json, replace: (target: readonly string[]) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => replaceReferences(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': attribute } = asObject(value);
  if (typeof Ref === 'string') return Ref.startsWith('AWS::') ? value : replace([Ref]);
  if (attribute !== undefined) return replace(asArray(attribute).map(String));
  return Object.fromEntries(
    Object.entries(asObject(value)).map(([key, item]) => [key, replaceReferences(item, replace)]),
  );
}
