/** The steps that export variables, and which of them a name means. */
import { stepId, stepOwner } from '../model/step-id.ts';
import { findStep, type PlanNode } from './node.ts';
import { groupNames } from './plan.ts';

/** The build, or a step, with all nodes that stand for it. */
export interface Exporter {
  /** `Build`, or the ID of a step. */
  readonly id: string;
  /** Names of the environment variables; empty for a step that exports none. */
  readonly exports: readonly string[];
  readonly nodes: readonly PlanNode[];
}

/** Every step, by its ID, whether it exports anything or not. */
export function readExporters(nodes: readonly PlanNode[]): ReadonlyMap<string, Exporter> {
  const exporters = new Map<string, Exporter>();
  for (const node of nodes) {
    const known = exporterOf(node);
    if (known) exporters.set(known.id, { ...known, nodes: [...(exporters.get(known.id)?.nodes ?? []), node] });
  }
  return exporters;
}

/** The step that `name` means where `consumer` stands: beside it, before its wave, around the build, or anywhere by ID. */
export function findExporter(nodes: readonly PlanNode[], consumer: PlanNode, name: string): Exporter | undefined {
  const exporters = readExporters(nodes);
  const deployment = 'deployment' in consumer ? consumer.deployment : undefined;
  const owners = [
    ...(deployment === undefined ? [] : [stepOwner.deployment(deployment)]),
    stepOwner.before(consumer.group),
    stepOwner.build,
  ];
  const ids = [...owners.map((owner) => stepId(owner, name)), name];
  const id = ids.find((each) => exporters.has(each));
  return id === undefined ? undefined : exporters.get(id);
}

function exporterOf(node: PlanNode): Omit<Exporter, 'nodes'> | undefined {
  if (node.type === 'build' && node.work.role === 'main')
    return { id: groupNames.build, exports: node.work.build.exports ?? [] };
  const step = findStep(node);
  return step && { id: step.id, exports: step.exports ?? [] };
}
