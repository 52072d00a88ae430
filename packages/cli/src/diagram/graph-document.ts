/** A diagram as data, with the places that the pictures give it: what `cdkpipe plan --graph FILE.json` writes. */
import type { Box, EdgeEnd, Point } from '@cdkpipe/core';
import type { Diagram } from './diagram.ts';
import { placeDiagram } from './place-diagram.ts';

export interface GraphDocument {
  /** Raised when a field changes its meaning or goes; new fields may come without that. */
  readonly version: 1;
  readonly title: string;
  readonly description: string;
  /** In pixels, as all lengths here. */
  readonly width: number;
  readonly height: number;
  /** The stages, from top to bottom. */
  readonly groups: readonly (Box & {
    readonly name: string;
    readonly note?: string;
    /** The deployments. */
    readonly lanes: readonly (Box & { readonly name: string; readonly note?: string })[];
  })[];
  readonly nodes: readonly (Box & {
    readonly id: string;
    readonly shape: 'action' | 'gate' | 'deployment';
    readonly title: string;
    readonly details: readonly string[];
    readonly description: string;
    readonly group: string;
    readonly lane?: string;
    /** All that it waits for, in any group. */
    readonly after: readonly string[];
  })[];
  /** Those that are drawn: without what a longer way says, and without those from group to group. */
  readonly edges: readonly { readonly from: EdgeEnd; readonly to: EdgeEnd; readonly points: readonly Point[] }[];
}

export function graphDocument(diagram: Diagram): GraphDocument {
  const { title, description, stages, laneNotes } = diagram;
  const { width, height, groups } = placeDiagram(diagram);
  const nodes = new Map(diagram.nodes.map((node) => [node.id, node]));
  const noted = (note: string | undefined) => (note === undefined ? {} : { note });
  return {
    version: 1,
    title,
    description,
    width,
    height,
    groups: groups.map(({ nodes: _, edges: __, lanes, ...group }) => ({
      ...group,
      ...noted(stages.find(({ name }) => name === group.name)?.note),
      lanes: lanes.map((lane) => ({ ...lane, ...noted(laneNotes.get(lane.name)) })),
    })),
    nodes: groups.flatMap((group) =>
      group.nodes.flatMap(({ id, ...place }) => {
        const node = nodes.get(id);
        if (node === undefined) return [];
        const { shape, details, lane, after } = node;
        return [
          {
            id,
            shape,
            title: node.title,
            details,
            description: node.description,
            group: group.name,
            ...(lane === undefined ? {} : { lane }),
            after,
            ...place,
          },
        ];
      }),
    ),
    edges: groups.flatMap((group) => group.edges),
  };
}
