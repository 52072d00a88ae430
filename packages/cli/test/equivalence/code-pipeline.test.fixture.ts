/**
 * Executes an emitted `AWS::CodePipeline::Pipeline` as its documentation says CodePipeline does, knowing nothing of
 * plans: stages in order, in a stage run orders from low to high, all actions of one at the same time. What it does not
 * understand it refuses, so that nothing is taken for harmless that it has never heard of.
 */

/** What an action is, in the words of the template. */
export interface EmittedAction {
  readonly stage: string;
  readonly name: string;
  readonly category: string;
  readonly provider: string;
}

export interface Execution {
  readonly status: 'Succeeded' | 'Failed';
  /** Actions in the order in which they were started and ended; those of one run order are started before any ends. */
  readonly events: readonly { readonly at: 'start' | 'succeed' | 'fail'; readonly action: EmittedAction }[];
}

interface ActionProperties {
  readonly Name: string;
  readonly ActionTypeId: { readonly Category: string; readonly Provider: string };
  readonly RunOrder?: number;
  readonly Namespace?: string;
  readonly Configuration?: unknown;
  readonly InputArtifacts?: readonly { readonly Name: string }[];
  readonly OutputArtifacts?: readonly { readonly Name: string }[];
}

interface StageProperties {
  readonly Name: string;
  readonly Actions: readonly ActionProperties[];
  readonly OnFailure?: { readonly Result?: string };
}

export interface PipelineProperties {
  readonly Stages: readonly StageProperties[];
  readonly Variables?: readonly { readonly Name: string }[];
}

const knownOfStage = new Set(['Name', 'Actions', 'OnFailure']);

/** @param succeeds decides how an action ends once it has been started */
export function executePipeline(
  { Stages, Variables = [] }: PipelineProperties,
  succeeds: (action: EmittedAction) => boolean,
): Execution {
  const events: { at: 'start' | 'succeed' | 'fail'; action: EmittedAction }[] = [];
  const artifacts = new Set<string>();
  const namespaces = new Set<string>();
  const variables = new Set(Variables.map(({ Name }) => Name));
  for (const stage of Stages) {
    refuseUnknown(stage);
    for (const rank of ranksOf(stage)) {
      const started = rank.map((properties) => {
        assertInputs(stage, properties, { artifacts, namespaces, variables });
        const action = actionOf(stage, properties);
        events.push({ at: 'start', action });
        return { properties, action };
      });
      let failed = false;
      for (const { properties, action } of started) {
        const good = succeeds(action);
        events.push({ at: good ? 'succeed' : 'fail', action });
        if (!good) failed = true;
        else {
          for (const { Name } of properties.OutputArtifacts ?? []) artifacts.add(Name);
          if (properties.Namespace !== undefined) namespaces.add(properties.Namespace);
        }
      }
      // Whether the stage is then rolled back or not: nothing further of this execution starts.
      if (failed) return { status: 'Failed', events };
    }
  }
  return { status: 'Succeeded', events };
}

function actionOf({ Name: stage }: StageProperties, { Name, ActionTypeId }: ActionProperties): EmittedAction {
  return { stage, name: Name, category: ActionTypeId.Category, provider: ActionTypeId.Provider };
}

function ranksOf({ Actions }: StageProperties): ActionProperties[][] {
  const ranks = new Map<number, ActionProperties[]>();
  for (const action of Actions) {
    const { RunOrder = 1 } = action;
    ranks.set(RunOrder, [...(ranks.get(RunOrder) ?? []), action]);
  }
  return [...ranks].toSorted(([one], [other]) => one - other).map(([, rank]) => rank);
}

/** Conditions may let a stage be skipped or an execution succeed after a failure; only ROLLBACK stops as failing does. */
function refuseUnknown(stage: StageProperties): void {
  const unknown = Object.keys(stage).filter((key) => !knownOfStage.has(key));
  const result = stage.OnFailure?.Result ?? 'ROLLBACK';
  if (unknown.length > 0 || result !== 'ROLLBACK' || Object.keys(stage.OnFailure ?? {}).some((key) => key !== 'Result'))
    throw new Error(`stage ${stage.Name}: not understood: ${unknown.join(', ')} ${JSON.stringify(stage.OnFailure)}`);
}

interface Available {
  readonly artifacts: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
}

/** What an action takes must have come from one that has succeeded. */
function assertInputs({ Name: stage }: StageProperties, action: ActionProperties, available: Available): void {
  for (const { Name } of action.InputArtifacts ?? [])
    if (!available.artifacts.has(Name))
      throw new Error(`${stage}/${action.Name} takes ${Name}, which nothing has made`);
  for (const [text, namespace = '', name = ''] of JSON.stringify(action.Configuration ?? {}).matchAll(
    /#\{([A-Za-z0-9@_-]+)\.([A-Za-z0-9@_-]+)\}/g,
  )) {
    const isKnown =
      namespace === 'codepipeline' ||
      (namespace === 'variables' ? available.variables.has(name) : available.namespaces.has(namespace));
    if (!isKnown) throw new Error(`${stage}/${action.Name} reads ${text}, which nothing has set`);
  }
}
