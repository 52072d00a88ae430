/** Follows every reference from the step that uses a value to what makes it; what it needs becomes an edge. */
import type { Assembly } from '../contracts/assembly.ts';
import type { BackendCapabilities } from '../contracts/capabilities.ts';
import { referenceUnsupported } from '../errors/catalogue/capabilities.ts';
import * as words from '../errors/catalogue/planning.ts';
import { suggest } from '../errors/near-misses.ts';
import type { Problem } from '../errors/problem.ts';
import { isPropertyOfStage, type OutputReference, outputText } from '../model/output-reference.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { sourceAttributes } from '../model/source-attributes.ts';
import {
  type ExportedReference,
  type PlacedValue,
  referenceText,
  type SourceReference,
} from '../model/value-reference.ts';
import { findExporter, readExporters } from '../plan/exporters.ts';
import { precursorsIn } from '../plan/graph.ts';
import type { PlanNode } from '../plan/node.ts';
import { referencesOf } from './consumers.ts';

export interface ReferencePlace {
  readonly pipeline: Pipeline;
  readonly assembly: Assembly;
  readonly backend: string;
  readonly capabilities: BackendCapabilities;
}

/**
 * Gives each execute node the outputs that later steps use, and lets a step wait for one whose variable it uses where
 * nothing else makes it wait. Faults are added to `problems`.
 */
export function connectReferences(
  planned: readonly PlanNode[],
  place: ReferencePlace,
  problems: Problem[],
): readonly PlanNode[] {
  const nodes = new Map(planned.map((node) => [node.id, node]));
  const found = new Map<string, Problem>();
  for (const { id } of planned) {
    const node = nodes.get(id);
    for (const placed of node ? referencesOf(node) : []) {
      // One step may stand for several nodes; its faults are told once.
      for (const problem of connect(id, placed, nodes, place)) found.set(`${problem.code} ${problem.path}`, problem);
    }
  }
  problems.push(...found.values());
  return [...nodes.values()];
}

type Nodes = Map<string, PlanNode>;

function connect(id: string, placed: PlacedValue, nodes: Nodes, place: ReferencePlace): Problem[] {
  const { reference, path } = placed;
  const consumer = nodes.get(id);
  if (!consumer) return [];
  if (!place.capabilities.references.includes(reference.$ref))
    return [referenceUnsupported(path, referenceText(reference), place.backend)];
  switch (reference.$ref) {
    case 'output':
      return connectOutput(consumer, reference, path, nodes, place.assembly);
    case 'source':
      return checkSource(reference, path, place.pipeline);
    case 'variable': {
      const names = (place.pipeline.variables ?? []).map(({ name }) => name);
      return names.includes(reference.name)
        ? []
        : [words.variableUnknown(path, reference.name, suggest(reference.name, names))];
    }
    case 'exported':
      return connectExport(consumer, reference, path, nodes);
  }
}

function connectOutput(
  consumer: PlanNode,
  reference: OutputReference,
  path: string,
  nodes: Nodes,
  assembly: Assembly,
): Problem[] {
  const { stack: stackId, name } = reference;
  if (consumer.type !== 'approve' || consumer.deployment === undefined)
    return [words.outputNotKnownYet(path, outputText(reference))];
  // What was not resolved has been reported.
  if (isPropertyOfStage(reference)) return [];
  const { deployment } = consumer;
  const stacks = assembly.deployments.find((each) => each.name === deployment)?.stacks ?? [];
  const stack = stacks.find(({ id }) => id === stackId);
  const known = stacks.map(({ id }) => id);
  if (!stack) return [words.outputStackUnknown(path, stackId, deployment, suggest(stackId, known))];
  if (!stack.outputs.includes(name)) return [words.outputUnknown(path, stackId, name, suggest(name, stack.outputs))];
  for (const node of nodes.values()) {
    if (node.type !== 'execute' || node.deployment !== deployment || node.stack !== stackId) continue;
    nodes.set(node.id, { ...node, outputs: [...new Set([...node.outputs, name])].sort() });
  }
  return [];
}

/** Sources need no edge: everything stands behind them. */
function checkSource({ attribute, directory }: SourceReference, path: string, pipeline: Pipeline): Problem[] {
  const directories = pipeline.additionalSources.map((additional) => additional.directory);
  const source =
    directory === undefined
      ? pipeline.source
      : pipeline.additionalSources.find((additional) => additional.directory === directory)?.source;
  if (!source) return [words.sourceUnknown(path, directory ?? '', suggest(directory ?? '', directories))];
  const known: readonly string[] = sourceAttributes[source.type];
  return known.includes(attribute)
    ? []
    : [words.sourceAttributeUnknown(path, attribute, source.type, suggest(attribute, known))];
}

function connectExport(consumer: PlanNode, { step, name }: ExportedReference, path: string, nodes: Nodes): Problem[] {
  const all = [...nodes.values()];
  const exporter = findExporter(all, consumer, step);
  if (!exporter) {
    const known = [...readExporters(all).values()].filter(({ exports }) => exports.length > 0).map(({ id }) => id);
    return [words.exporterUnknown(path, step, suggest(step, known))];
  }
  if (!exporter.exports.includes(name))
    return [words.exportUnknown(path, exporter.id, name, suggest(name, exporter.exports))];
  const [node, ...more] = exporter.nodes;
  if (!node || more.length > 0) return [words.exportAmbiguous(path, exporter.id, name, exporter.nodes.length)];
  if (precursorsIn(all)(consumer.id).has(node.id)) return [];
  // Nodes stand in an order that edges follow, so an edge from what stands further on could close a circle.
  const order = all.map(({ id }) => id);
  if (order.indexOf(node.id) >= order.indexOf(consumer.id)) return [words.exportNotKnownYet(path, exporter.id, name)];
  nodes.set(consumer.id, { ...consumer, after: [...consumer.after, node.id] });
  return [];
}
