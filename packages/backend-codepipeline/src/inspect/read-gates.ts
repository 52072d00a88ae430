/** Reads what stands for each gate in a rendered pipeline, with what decides what its action does. */
import { type EmittedContent, isGate, type Plan } from '@cdkpipe/core';
import { pipelineStackName } from '../names/names.ts';
import { expandPlan, isHelper, passName } from '../stages/expand-plan.ts';
import type { LayoutSettings } from '../stages/lay-out-stages.ts';
import { emittedActions } from './emitted-actions.ts';
import { findGates } from './find-gates.ts';
import { asObject, type EmittedAction, findPipeline, type Json, type Resource, resourcesOf } from './read-template.ts';

/** A gate as it stands in the templates; the first fields are those of an `ActionDeclaration`. */
export type RenderedGate = Readonly<Record<string, unknown>>;

export function readGates(
  plan: Plan,
  { templates }: Pick<EmittedContent, 'templates'>,
  settings: LayoutSettings,
): Map<string, RenderedGate> {
  const template = templates.get(`${pipelineStackName(plan.pipeline.name)}.template.json`) as Json | undefined;
  const pipeline = template === undefined ? undefined : findPipeline(template, plan.pipeline.name);
  if (template === undefined || !pipeline) return new Map();
  const own = resourcesOf(template);
  const all = [...templates.values()].flatMap((each) => resourcesOf(each as Json));
  const record = (action: EmittedAction) => ({ ...declared(action), worker: workerOf(action, own, all) });
  const holding = new Set(findGates(plan, pipeline, settings));
  const emitted = emittedActions(plan, pipeline, settings);
  const passing = emittedActions(plan, pipeline, settings, (node) =>
    node.type === 'review' ? passName(node) : undefined,
  );
  const helpers = expandPlan(plan).filter(isHelper);
  return new Map(
    plan.nodes.filter(isGate).flatMap((gate): [string, RenderedGate][] => {
      const action = emitted.get(gate.id);
      if (!action) return [];
      const around = helpers
        .filter(
          ({ deployment, stacks }) =>
            gate.type === 'review' && gate.deployment === deployment && gate.stacks.some((id) => stacks.includes(id)),
        )
        .flatMap(({ id }) => emitted.get(id) ?? []);
      const pass = passing.get(gate.id);
      return [
        [
          gate.id,
          {
            ...record(action),
            holdsBack: holding.has(gate.id),
            ...(around.length > 0 ? { review: around.map(record) } : {}),
            ...(pass ? { pass: record(pass) } : {}),
          },
        ],
      ];
    }),
  );
}

function declared({ written, configuration, timeout, region, roleArn, inputs, provider, category }: EmittedAction) {
  const { Owner, Version } = asObject(written.ActionTypeId);
  return { category, owner: Owner, provider, version: Version, configuration, timeout, region, roleArn, inputs };
}

/** Properties that decide what a project or a function does, by type of resource. */
const deciding: Readonly<Record<string, readonly string[]>> = {
  'AWS::CodeBuild::Project': ['Source', 'SecondarySources', 'Environment'],
  'AWS::Lambda::Function': ['Code', 'Handler', 'PackageType', 'ImageConfig', 'Layers', 'Environment'],
};

/** Keys of an action's configuration that name who does the work. */
const named = ['ProjectName', 'FunctionName'] as const;

function workerOf({ configuration }: EmittedAction, own: readonly Resource[], all: readonly Resource[]) {
  const names = named.flatMap((key) => configuration[key] ?? []);
  return names.flatMap((name) => {
    const { Ref } = asObject(name);
    const found =
      typeof Ref === 'string'
        ? own.find(({ logicalId }) => logicalId === Ref)
        : all.find(
            ({ type, properties }) =>
              type in deciding && typeof name === 'string' && [properties.Name, properties.FunctionName].includes(name),
          );
    if (!found) return [];
    const { type, properties } = found;
    return [{ type, ...Object.fromEntries((deciding[type] ?? []).map((key) => [key, properties[key]])) }];
  });
}
