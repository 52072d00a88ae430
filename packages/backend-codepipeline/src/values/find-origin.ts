/** Where the value of a reference comes from: the variable of an action, or of the pipeline. */
import {
  findExporter,
  type Plan,
  type PlanNode,
  precursorsIn,
  refused,
  type SourceNode,
  type ValueReference,
} from '@cdkpipe/core';
import { outputNotReady, valueNotReady } from '../problems/values.ts';
import { findSourceVariable } from './source-variables.ts';

export type ValueOrigin =
  | { readonly from: 'action'; readonly node: PlanNode; readonly variable: string }
  | { readonly from: 'pipeline'; readonly variable: string };

/** Refuses a value that is not certainly known when the node starts. */
export function findOrigin({ nodes }: Plan, consumer: PlanNode, reference: ValueReference): ValueOrigin {
  if (reference.$ref === 'variable') return { from: 'pipeline', variable: reference.name };
  const origin = findAction(nodes, consumer, reference);
  if (origin && precursorsIn(nodes)(consumer.id).has(origin.node.id)) return origin;
  const place = { path: consumer.path, node: consumer.id };
  throw refused([
    reference.$ref === 'output'
      ? outputNotReady(reference.stack, reference.name, place)
      : valueNotReady(reference, place),
  ]);
}

type ActionOrigin = Extract<ValueOrigin, { from: 'action' }>;

function findAction(
  nodes: readonly PlanNode[],
  consumer: PlanNode,
  reference: Exclude<ValueReference, { $ref: 'variable' }>,
): ActionOrigin | undefined {
  switch (reference.$ref) {
    case 'output': {
      const deployment = 'deployment' in consumer ? consumer.deployment : undefined;
      const { stack, name } = reference;
      const node = nodes.find(
        (other) =>
          other.type === 'execute' &&
          other.deployment === deployment &&
          other.stack === stack &&
          other.outputs.includes(name),
      );
      return node && { from: 'action', node, variable: name };
    }
    case 'source': {
      const node = nodes.find(
        (other): other is SourceNode => other.type === 'source' && other.directory === reference.directory,
      );
      const variable = node && findSourceVariable(node.source, reference.attribute);
      return node && variable !== undefined ? { from: 'action', node, variable } : undefined;
    }
    case 'exported': {
      const [node] = findExporter(nodes, consumer, reference.step)?.nodes ?? [];
      return node && { from: 'action', node, variable: reference.name };
    }
  }
}
