/** What a picture is made of: nodes that wait for each other, and the places that they get. All lengths are in pixels. */

export interface GraphNode {
  readonly id: string;
  /** Nodes of one group are placed together; the groups follow each other in the order in which they appear. */
  readonly group: string;
  /** Nodes of one lane, such as a deployment, share a frame; absent where a node belongs to the group itself. */
  readonly lane?: string;
  /** IDs of the nodes that it waits for. Unknown ones, and those of other groups, are not part of the picture. */
  readonly after: readonly string[];
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Box {
  readonly id: string;
}

export interface PlacedLane extends Box {
  readonly name: string;
}

/** A node, or a whole lane: the edge then begins at everything that the lane ends with, or leads to all it begins with. */
export type EdgeEnd = { readonly node: string } | { readonly lane: string };

/** Leads downwards. The points are joined by straight lines, or by a curve where they share neither x nor y. */
export interface PlacedEdge {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly points: readonly Point[];
}

export interface PlacedGroup extends Box {
  readonly name: string;
  readonly lanes: readonly PlacedLane[];
  readonly nodes: readonly PlacedNode[];
  /** Without those that a longer way says already. */
  readonly edges: readonly PlacedEdge[];
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** From top to bottom; they do not overlap, and a group begins when the one above it has ended. */
  readonly groups: readonly PlacedGroup[];
}

export interface PictureOptions {
  /** What a group should not exceed; a node or a lane that is wider by itself does. Default 980. */
  readonly maxWidth?: number;
}
