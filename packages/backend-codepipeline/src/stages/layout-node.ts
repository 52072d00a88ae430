/** An action as the layout sees it, apart from what it does. */

export interface LayoutNode {
  readonly id: string;
  /** IDs of what must have succeeded before; those of other groups are behind it anyway. */
  readonly after: readonly string[];
  /** True where it may take as long as a person or a clock wants, so that it should hold up as little as possible. */
  readonly waits: boolean;
  /** Actions that it becomes in the stage. */
  readonly size: number;
  /** What shares a stage as long as it fits into one, a deployment; absent for what belongs to the wave as a whole. */
  readonly unit?: string;
  /** Stacks whose change sets it makes, reviews or executes: another run must not come between. */
  readonly changeSets?: readonly string[];
}

export function sizeOf(nodes: readonly Pick<LayoutNode, 'size'>[]): number {
  return nodes.reduce((sum, { size }) => sum + size, 0);
}

/** For each ID, what comes directly after it among `nodes`. */
export function successorsOf<N extends Pick<LayoutNode, 'id' | 'after'>>(nodes: readonly N[]): Map<string, N[]> {
  const successors = new Map<string, N[]>(nodes.map(({ id }) => [id, []]));
  for (const node of nodes) for (const id of node.after) successors.get(id)?.push(node);
  return successors;
}
