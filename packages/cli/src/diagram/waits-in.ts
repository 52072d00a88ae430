/** The diagram as text formats need it: nodes by stage and deployment, and plain edges between nodes. */
import { essentialEdges } from '@cdkpipe/core';
import type { Diagram, DiagramNode, DiagramStage } from './diagram.ts';

export interface StageContent extends DiagramStage {
  /** Nodes of no deployment. */
  readonly own: readonly DiagramNode[];
  readonly lanes: readonly { readonly name: string; readonly nodes: readonly DiagramNode[] }[];
}

export interface Waits {
  readonly stages: readonly StageContent[];
  /** Without those that a longer way says, and those between stages. */
  readonly edges: readonly (readonly [from: string, to: string])[];
  /** Places in `stages`: each stage and the next. */
  readonly stageEdges: readonly (readonly [from: number, to: number])[];
}

export function waitsIn({ nodes, stages }: Diagram): Waits {
  const filled = stages.flatMap((stage): StageContent[] => {
    const inside = nodes.filter((node) => node.stage === stage.name);
    const names = new Set(inside.flatMap(({ lane }) => lane ?? []));
    const lanes = [...names].map((name) => ({ name, nodes: inside.filter(({ lane }) => lane === name) }));
    return inside.length === 0 ? [] : [{ ...stage, own: inside.filter(({ lane }) => lane === undefined), lanes }];
  });
  return {
    stages: filled,
    edges: essentialEdges(nodes.map(({ id, stage, after }) => ({ id, group: stage, after }))),
    stageEdges: filled.slice(1).map((_, index) => [index, index + 1]),
  };
}
