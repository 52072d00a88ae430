/** Holds an emitted pipeline against CodePipeline's limits. */
import type { Problem } from '@cdkpipe/core';
import { actionsPerPipeline, actionsPerStage, artifactLimits, limits, nameLimits } from '../aws/limits.ts';
import { checkName, checkNumber } from '../check/within-limits.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { nameTwice, regionWithoutStore } from '../problems/emitted.ts';
import { checkArtifacts } from './check-artifacts.ts';
import { literalLength } from './literal-length.ts';
import { type EmittedAction, type EmittedPipeline, nameOfAction } from './read-template.ts';

export function checkPipeline(pipeline: EmittedPipeline, homeRegion: string, options: CodePipelineOptions): Problem[] {
  const { stages } = pipeline;
  const actions = stages.flatMap((stage) => stage.actions);
  const subject = `pipeline "${pipeline.name}"`;
  return [
    ...checkNumber(limits.stages, subject, stages.length),
    ...checkNumber(actionsPerPipeline(options.actionsPerPipeline), subject, actions.length),
    ...checkName(nameLimits.pipeline, pipeline.name),
    ...twice('stage', stages, subject),
    ...stages.flatMap((stage) => [
      ...checkName(nameLimits.stage, stage.name),
      ...checkNumber(actionsPerStage(options.actionsPerStage), `stage "${stage.name}"`, stage.actions.length),
      ...twice('action', stage.actions, `stage "${stage.name}"`),
    ]),
    ...actions.flatMap((action) => checkAction(action, pipeline.storeRegions ?? [homeRegion], homeRegion)),
    ...checkArtifacts(actions),
  ];
}

function checkAction(action: EmittedAction, storeRegions: readonly string[], homeRegion: string): Problem[] {
  const subject = nameOfAction(action);
  const artifacts = artifactLimits[action.provider];
  const { namespace, region = homeRegion, inputs, outputs, configuration } = action;
  return [
    ...checkName(nameLimits.action, action.name),
    ...checkNumber(limits.runOrder, subject, action.runOrder, {}, action.written.RunOrder),
    ...(namespace === undefined ? [] : checkName(nameLimits.namespace, namespace)),
    ...[...inputs, ...outputs].flatMap((artifact) => checkName(nameLimits.artifact, artifact)),
    ...(storeRegions.includes(region) ? [] : [regionWithoutStore(region, subject)]),
    ...Object.entries(configuration).flatMap(([key, value]) =>
      checkNumber(limits.configurationValue, `"${key}" of ${subject}`, literalLength(value)),
    ),
    ...(artifacts === undefined
      ? []
      : [
          ...checkNumber(artifacts.inputs, subject, inputs.length),
          ...checkNumber(artifacts.outputs, subject, outputs.length),
        ]),
    ...(action.category === 'Approval' && action.timeout !== undefined
      ? checkNumber(limits.approvalTimeout, subject, action.timeout, {}, action.written.TimeoutInMinutes)
      : []),
  ];
}

function twice(what: string, items: readonly { readonly name: string }[], where: string): Problem[] {
  const seen = new Set<string>();
  return items.flatMap(({ name }) => {
    const again = seen.has(name);
    seen.add(name);
    return again ? [nameTwice(what, name, where)] : [];
  });
}
