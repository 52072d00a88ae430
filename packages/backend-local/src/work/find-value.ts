/** Finds the value that a reference stands for, in what the journal of the run holds. */
import {
  findExporter,
  type Plan,
  type PlanNode,
  referenceText,
  refused,
  unreachable,
  type ValueReference,
} from '@cdkpipe/core';
import type { Executed } from '@cdkpipe/deployer-cloudformation';
import type { RunMode } from '../journal/run-event.ts';
import * as words from '../problems/problems.ts';
import type { RunState } from '../state/run-state.ts';
import type { SourceAttributes } from './source-attributes.ts';

export interface ValuePlace {
  readonly plan: Plan;
  readonly state: RunState;
  readonly node: PlanNode;
  readonly mode: RunMode;
}

/** @throws CdkpipeError where this machine does not know it, with what to do */
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
  const path = `${deployment}/${stack}`;
  throw refused([mode === 'rehearsal' ? words.rehearsedOutputMissing(path, name) : words.outputMissing(path, name)]);
}

function findAttribute({ plan, state }: ValuePlace, reference: Extract<ValueReference, { $ref: 'source' }>): string {
  const node = plan.nodes.find((each) => each.type === 'source' && each.directory === reference.directory);
  const result = node && (state.nodes.get(node.id)?.result as { attributes?: SourceAttributes } | undefined);
  const value = result?.attributes?.[reference.attribute];
  if (value !== undefined) return value;
  throw refused([words.attributeMissing(referenceText(reference))]);
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
  throw refused([words.exportMissing(referenceText(reference), node.id)]);
}
