/** Reads an emitted template as plain data, believing nothing about its shape. */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/** An action as it stands in the template. */
export interface EmittedAction {
  readonly stage: string;
  /** Place of the stage, from 0. */
  readonly stageIndex: number;
  readonly name: string;
  readonly category: string;
  readonly provider: string;
  /** NaN where what is written is no number. */
  readonly runOrder: number;
  readonly region?: string;
  readonly roleArn?: Json;
  readonly namespace?: string;
  readonly timeout?: number;
  readonly configuration: JsonObject;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** All of it, for messages about what could not be understood. */
  readonly written: JsonObject;
}

export interface EmittedStage {
  readonly name: string;
  readonly actions: readonly EmittedAction[];
  /** Whether a condition of the stage has the result SKIP: then none of its actions may run. */
  readonly canBeSkipped: boolean;
}

export interface EmittedPipeline {
  readonly logicalId: string;
  readonly name: string;
  /** Regions with a store of their own; absent where one store serves the pipeline's region. */
  readonly storeRegions?: readonly string[];
  readonly stages: readonly EmittedStage[];
}

/** An action as messages call it. */
export function nameOfAction({ stage, name }: Pick<EmittedAction, 'stage' | 'name'>): string {
  return `the action "${name}" of stage "${stage}"`;
}

export function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function asArray(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function resourcesOf(template: Json): Resource[] {
  return Object.entries(asObject(asObject(template).Resources)).map(([logicalId, resource]) => ({
    logicalId,
    type: asText(asObject(resource).Type),
    properties: asObject(asObject(resource).Properties),
  }));
}

/** The pipeline called `name`, or else the only one. */
export function findPipeline(template: Json, name: string): EmittedPipeline | undefined {
  const all = resourcesOf(template).filter(({ type }) => type === 'AWS::CodePipeline::Pipeline');
  const found = all.find(({ properties }) => properties.Name === name) ?? (all.length === 1 ? all[0] : undefined);
  return found && readPipeline(found);
}

function readPipeline({ logicalId, properties }: Resource): EmittedPipeline {
  const stores = properties.ArtifactStores;
  return {
    logicalId,
    name: asText(properties.Name),
    ...(stores === undefined ? {} : { storeRegions: asArray(stores).map((store) => asText(asObject(store).Region)) }),
    stages: asArray(properties.Stages).map((stage, stageIndex) => {
      const name = asText(asObject(stage).Name);
      const actions = asArray(asObject(stage).Actions).map((action) => readAction(asObject(action), name, stageIndex));
      return { name, actions, canBeSkipped: conditionsOf(asObject(stage)).some(({ Result }) => Result === 'SKIP') };
    }),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-codepipeline-pipeline-condition.html */
function conditionsOf({ BeforeEntry, OnSuccess, OnFailure }: JsonObject): JsonObject[] {
  return [BeforeEntry, OnSuccess, OnFailure]
    .map(asObject)
    .flatMap((block) => [block, ...asArray(block.Conditions).map(asObject)]);
}

function readAction(action: JsonObject, stage: string, stageIndex: number): EmittedAction {
  const { Category, Provider } = asObject(action.ActionTypeId);
  const { RunOrder, Region, RoleArn, Namespace, TimeoutInMinutes } = action;
  return {
    stage,
    stageIndex,
    name: asText(action.Name),
    category: asText(Category),
    provider: asText(Provider),
    runOrder: RunOrder === undefined ? 1 : Number(RunOrder),
    ...(Region === undefined ? {} : { region: asText(Region) }),
    ...(RoleArn === undefined ? {} : { roleArn: RoleArn }),
    ...(Namespace === undefined ? {} : { namespace: asText(Namespace) }),
    ...(TimeoutInMinutes === undefined ? {} : { timeout: Number(TimeoutInMinutes) }),
    configuration: asObject(action.Configuration),
    inputs: asArray(action.InputArtifacts).map((artifact) => asText(asObject(artifact).Name)),
    outputs: asArray(action.OutputArtifacts).map((artifact) => asText(asObject(artifact).Name)),
    written: action,
  };
}
