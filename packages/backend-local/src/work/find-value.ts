/** Finds the value that a reference stands for, in what the journal of the run holds. */
import { findExporter, type Plan, type PlanNode, referenceText, unreachable, type ValueReference } from '@cdkpipe/core';
import type { Executed } from '../deploy/deployer.ts';
import type { RunState } from '../engine/run-state.ts';
import type { RunMode } from '../journal/run-event.ts';
import type { SourceAttributes } from './source-attributes.ts';

export interface ValuePlace {
  readonly plan: Plan;
  readonly state: RunState;
  readonly node: PlanNode;
  readonly mode: RunMode;
}

/** @throws Error where this machine does not know it, with what to do */
export function findValue(place: ValuePlace, reference: ValueReference): string {
  switch (reference.$ref) {
    case 'output':
      return findOutput(place, reference);
    case 'source':
      return findAttribute(place, reference);
    case 'variable':
      return (
        place.state.started?.variables?.[reference.name] ??
        unreachable(`the variable ${reference.name} has no value, which is refused before a run begins`)
      );
    case 'exported':
      return findExport(place, reference);
  }
}

function findOutput(
  { plan, state, node: consumer, mode }: ValuePlace,
  { stack, name }: Extract<ValueReference, { $ref: 'output' }>,
): string {
  const deployment = 'deployment' in consumer ? (consumer.deployment ?? '') : '';
  const node = plan.nodes.find(
    (each) => each.type === 'execute' && each.deployment === deployment && each.stack === stack,
  );
  const result = node && (state.nodes.get(node.id)?.result as Executed | undefined);
  const value = result?.outputs[name];
  if (value !== undefined) return value;
  const place = `rehearsal.outputs['${deployment}/${stack}'].${name}`;
  throw new Error(
    mode === 'rehearsal'
      ? `the output ${name} of ${deployment}/${stack} has no value in a rehearsal, as CloudFormation would make it: give one in the definition, ${place}`
      : `the stack ${deployment}/${stack} has no output ${name}`,
  );
}

function findAttribute({ plan, state }: ValuePlace, reference: Extract<ValueReference, { $ref: 'source' }>): string {
  const node = plan.nodes.find((each) => each.type === 'source' && each.directory === reference.directory);
  const result = node && (state.nodes.get(node.id)?.result as { attributes?: SourceAttributes } | undefined);
  const value = result?.attributes?.[reference.attribute];
  if (value !== undefined) return value;
  throw new Error(
    `${referenceText(reference)} has no value on this machine: attributes of commits come from git, where the source is a repository with a commit; those of objects and images are known in AWS only`,
  );
}

function findExport(
  { plan, state, node: consumer }: ValuePlace,
  reference: Extract<ValueReference, { $ref: 'exported' }>,
): string {
  const exporter = findExporter(plan.nodes, consumer, reference.step);
  const node = exporter?.nodes[0] ?? unreachable(`no step for ${referenceText(reference)} in the plan`);
  const result = state.nodes.get(node.id)?.result as { exports?: Readonly<Record<string, string>> } | undefined;
  const value = result?.exports?.[reference.name];
  if (value !== undefined) return value;
  throw new Error(
    `${referenceText(reference)} has no value: ${node.id} did not run its commands here; leave --skip-build out where it is of the build`,
  );
}
