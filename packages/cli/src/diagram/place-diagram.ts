/** Gives each box of a diagram its size and its place. */
import { type Picture, placeGraph } from '@cdkpipe/core';
import type { Diagram, DiagramNode } from './diagram.ts';

/** In pixels. */
export const box = { width: 164, titleLine: 26, detailLine: 14, bottom: 4 } as const;

export function placeDiagram({ nodes }: Diagram): Picture {
  return placeGraph(
    nodes.map(({ id, stage, lane, after, details, state }) => ({
      id,
      group: stage,
      ...(lane === undefined ? {} : { lane }),
      after,
      width: box.width,
      height: heightOf({ details, state }),
    })),
  );
}

function heightOf({ details, state }: { details: DiagramNode['details']; state: DiagramNode['state'] }): number {
  return box.titleLine + (details.length + (state === undefined ? 0 : 1)) * box.detailLine + box.bottom;
}
