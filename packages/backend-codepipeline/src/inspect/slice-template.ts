/**
 * Cuts a template with a large pipeline into small ones that say the same: CloudFormation's validator takes a time
 * quadratic in the number of the pipeline's stages and actions.
 */
import type { TemplateSlice } from '@cdkpipe/core';
import { asArray, asObject, type Json, type JsonObject } from './read-template.ts';
import { findReferences, replaceReferences } from './references.ts';

/**
 * The first slice is the template with the first two stages, as many as a pipeline needs; what the later stages refer to
 * stands in an output of it, so that no reference goes unchecked. Each later stage has a slice of its own, with the first
 * stage and, of those between, only the actions whose artifacts it uses.
 *
 * @returns nothing where the pipeline is small, or decides by conditions, which a slice would lose
 */
export function sliceTemplate(file: string, template: Json, pipelineId: string): TemplateSlice[] {
  const { Resources, Outputs, ...rest } = asObject(template);
  const pipeline = asObject(asObject(Resources)[pipelineId]);
  const properties = asObject(pipeline.Properties);
  const stages = asArray(properties.Stages);
  const later = stages.slice(2);
  if (later.length === 0 || /"Fn::(If|FindInMap|Transform|ForEach)/.test(JSON.stringify(properties))) return [];
  const carried = findReferences(later);
  const outputs = carried.length > 0 ? { SlicedReferences: { Value: { 'Fn::Join': ['', carried] } } } : {};
  const cut = { ...pipeline, Properties: { ...properties, Stages: stages.slice(0, 2) } };
  const first = {
    ...rest,
    Resources: { ...asObject(Resources), [pipelineId]: cut },
    ...(Outputs || carried.length > 0 ? { Outputs: { ...asObject(Outputs), ...outputs } } : {}),
  };
  return [
    { name: file, template: first },
    ...later.map((stage, index) => {
      const [source = stage, ...between] = stages.slice(0, index + 2);
      const name = `${file}, stage ${String(asObject(stage).Name)}`;
      const Stages = [source, ...producersOf(stage, between), withPlainNames(stage)];
      return { name, template: standAlone(pipelineId, pipeline, Stages) };
    }),
  ];
}

/**
 * The stage with fixed names in place of well-formed ones, as the validator checks equal slices once, and waves often
 * differ by names alone. Whether names fit is judged by our own limits, from the whole template.
 */
function withPlainNames(stage: Json): Json {
  const Actions = actionsOf(stage).map((action, index) => {
    const { Name, RoleArn, Namespace, Configuration, ...rest } = asObject(action);
    return {
      ...rest,
      ...plainly({ Name, RoleArn, Namespace }, index),
      ...(Configuration === undefined
        ? {}
        : { Configuration: { ...asObject(Configuration), ...plainly(asObject(Configuration), index) } }),
    };
  });
  return { ...asObject(stage), Name: 'Stage', Actions };
}

/** Which properties are names, what a well-formed one looks like, and what stands for it. */
const names: Readonly<Record<string, { readonly form: RegExp; readonly plain: string }>> = {
  Name: { form: /^[\w.@-]{1,100}$/, plain: 'Action' },
  Namespace: { form: /^[\w@-]{1,100}$/, plain: 'Namespace' },
  RoleArn: { form: /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, plain: 'arn:aws:iam::111111111111:role/action' },
  StackName: { form: /^[A-Za-z][A-Za-z0-9-]{0,127}$/, plain: 'Stack' },
  TemplatePath: { form: /^Templates::[\w./-]+$/, plain: 'Templates::template.json' },
  // Names of outputs and namespaces inside; the validator does not look into it.
  EnvironmentVariables: { form: /^\[.*\]$/s, plain: '[]' },
  TemplateConfiguration: { form: /^Templates::[\w./-]+$/, plain: 'Templates::config.json' },
};

/** The properties of `given` that are names, replaced where they are well-formed; names of actions stay distinct. */
function plainly(given: Readonly<Record<string, Json | undefined>>, index: number): JsonObject {
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => {
      if (value === undefined) return [];
      const name = names[key];
      const isName = name !== undefined && typeof value === 'string' && name.form.test(value);
      const distinct = key === 'Name' || key === 'Namespace' ? String(index) : '';
      return [[key, isName ? `${name.plain}${distinct}` : value]];
    }),
  );
}

/** The stages, cut to the actions whose artifacts `stage` uses, directly or through one another. */
function producersOf(stage: Json, earlier: readonly Json[]): Json[] {
  const wanted = new Set(actionsOf(stage).flatMap((action) => artifactsOf(action, 'InputArtifacts')));
  const producers = earlier.toReversed().flatMap((other) => {
    const Actions = actionsOf(other).filter((action) =>
      artifactsOf(action, 'OutputArtifacts').some((name) => wanted.has(name)),
    );
    for (const name of Actions.flatMap((action) => artifactsOf(action, 'InputArtifacts'))) wanted.add(name);
    return Actions.length > 0 ? [{ ...asObject(other), Actions }] : [];
  });
  return producers.toReversed();
}

function actionsOf(stage: Json): readonly Json[] {
  return asArray(asObject(stage).Actions);
}

function artifactsOf(action: Json, direction: 'InputArtifacts' | 'OutputArtifacts'): string[] {
  return asArray(asObject(action)[direction]).map((artifact) => String(asObject(artifact).Name));
}

/** A template of the pipeline alone; what its stages refer to are parameters, what the first slice holds is left out. */
function standAlone(pipelineId: string, { Type, Properties }: JsonObject, stages: readonly Json[]): Json {
  const parameters = new Map<string, string>();
  const Stages = replaceReferences(stages, (reference) => {
    const text = JSON.stringify(reference);
    const id = parameters.get(text) ?? `P${parameters.size}`;
    parameters.set(text, id);
    return { Ref: id };
  });
  const PipelineType = asObject(Properties).PipelineType ?? 'V2';
  return {
    ...(parameters.size > 0
      ? { Parameters: Object.fromEntries([...parameters.values()].map((id) => [id, { Type: 'String' }])) }
      : {}),
    Resources: {
      [pipelineId]: {
        Type: Type ?? 'AWS::CodePipeline::Pipeline',
        Properties: {
          PipelineType,
          RoleArn: 'arn:aws:iam::111111111111:role/pipeline',
          ArtifactStore: { Type: 'S3', Location: 'artifacts' },
          Stages,
        },
      },
    },
  };
}
