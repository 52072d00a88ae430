/**
 * Cuts a template with a large pipeline into small ones that say the same: CloudFormation's validator takes a time
 * quadratic in the size of the pipeline resource.
 */
import type { TemplateSlice } from '@cdkpipe/core';
import { asArray, asObject, type Json, type JsonObject } from './read-template.ts';

/**
 * One slice for each stage behind the first: that stage, the first one, and of those between only the actions whose
 * artifacts it uses. The first slice holds all other resources too; in the rest, what the pipeline refers to is a parameter.
 */
export function sliceTemplate(template: Json, pipelineId: string): TemplateSlice[] {
  const { Resources, ...rest } = asObject(template);
  const pipeline = asObject(asObject(Resources)[pipelineId]);
  const properties = asObject(pipeline.Properties);
  const [first, ...stages] = asArray(properties.Stages);
  if (first === undefined) return [];
  return stages.map((stage, index) => {
    const name = `stage ${String(asObject(stage).Name)}`;
    const Stages = [first, ...producersOf(stage, stages.slice(0, index)), stage];
    const cut: JsonObject = { ...pipeline, Properties: { ...properties, Stages } };
    if (index === 0) return { name, template: { ...rest, Resources: { ...asObject(Resources), [pipelineId]: cut } } };
    return { name, template: standAlone(pipelineId, cut) };
  });
}

/** The earlier stages, cut to the actions whose artifacts `stage` uses, directly or through one another. */
function producersOf(stage: Json, earlier: readonly Json[]): Json[] {
  const wanted = new Set(actionsOf(stage).flatMap((action) => artifactsOf(action, 'InputArtifacts')));
  return earlier
    .toReversed()
    .flatMap((other) => {
      const Actions = actionsOf(other).filter((action) =>
        artifactsOf(action, 'OutputArtifacts').some((name) => wanted.has(name)),
      );
      for (const name of Actions.flatMap((action) => artifactsOf(action, 'InputArtifacts'))) wanted.add(name);
      return Actions.length > 0 ? [{ ...asObject(other), Actions }] : [];
    })
    .toReversed();
}

function actionsOf(stage: Json): readonly Json[] {
  return asArray(asObject(stage).Actions);
}

function artifactsOf(action: Json, direction: 'InputArtifacts' | 'OutputArtifacts'): string[] {
  return asArray(asObject(action)[direction]).map((artifact) => String(asObject(artifact).Name));
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
