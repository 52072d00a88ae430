/** Holds a model against what the chosen backend can do, before anything is laid out. */
import type { BackendCapabilities } from '../contracts/capabilities.ts';
import * as words from '../errors/catalogue/capabilities.ts';
import type { Problem } from '../errors/problem.ts';
import { buildSettings } from '../model/build-settings.ts';
import { environmentName, isSameEnvironment } from '../model/environment.ts';
import { gatesOf } from '../model/gates.ts';
import { deploymentsOf, type Pipeline } from '../model/pipeline.ts';
import type { Source } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import { stepsOf } from '../model/workflow.ts';

export function checkCapabilities(pipeline: Pipeline, backend: string, capabilities: BackendCapabilities): Problem[] {
  const steps = [...stepsOf(pipeline.build.before), ...stepsOf(pipeline.build.after), ...gatesOf(pipeline)];
  const rolledBack = [...pipeline.waves, ...deploymentsOf(pipeline)].filter(({ rollback }) => rollback !== undefined);
  return [
    ...checkSource({ source: pipeline.source, path: 'source' }, backend, capabilities),
    ...pipeline.additionalSources.flatMap(({ directory, source }) =>
      checkSource(
        { source, path: `additionalSources[${JSON.stringify(directory)}]`, isAdditional: true },
        backend,
        capabilities,
      ),
    ),
    ...checkBuild(pipeline, backend, capabilities),
    ...steps.flatMap((step) => checkStep(step, pipeline, backend, capabilities)),
    ...(capabilities.rollback ? [] : rolledBack.map(({ path }) => words.rollbackUnsupported(path, backend))),
  ];
}

interface PlacedSource {
  readonly source: Source;
  readonly path: string;
  readonly isAdditional?: true;
}

function checkSource(
  { source, path, isAdditional }: PlacedSource,
  backend: string,
  { sources }: BackendCapabilities,
): Problem[] {
  const support = sources[source.type];
  if (!support) return [words.sourceUnsupported(path, source.type, backend, Object.keys(sources))];
  if (isAdditional && !support.additional) return [words.additionalSourceUnsupported(path, source.type, backend)];
  const isCloned = 'fullClone' in source && source.fullClone === true;
  return [
    ...(isAdditional || support.triggers.includes(source.trigger)
      ? []
      : [words.triggerUnsupported(path, source.trigger, backend, support.triggers)]),
    ...(isCloned && !support.fullClone ? [words.fullCloneUnsupported(path, backend)] : []),
  ];
}

function checkBuild({ build }: Pipeline, backend: string, { buildSettings: support }: BackendCapabilities): Problem[] {
  const supported = [...support.honoured, ...(support.unused ?? [])];
  return buildSettings
    .filter((setting) => isGiven(build[setting]) && !supported.includes(setting))
    .map((setting) => words.buildSettingUnsupported(`build.${setting}`, setting, backend));
}

/** What the schema makes of an absent list is no wish of the author. */
function isGiven(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function checkStep(step: Step, { env }: Pipeline, backend: string, capabilities: BackendCapabilities): Problem[] {
  const { position, runIn, name, path } = step;
  const isElsewhere = runIn !== undefined && !isSameEnvironment(runIn, env);
  return [
    ...(capabilities.positions.includes(position) ? [] : [words.positionUnsupported(step, backend)]),
    ...(isElsewhere && !capabilities.runInOtherEnvironments
      ? [words.runInUnsupported(path, name, environmentName(runIn), backend)]
      : []),
  ];
}
