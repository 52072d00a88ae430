/** Lays the plan out in the stages of a pipeline; the one place that says where a node's action stands. */
import { nodesOf, type Plan, type PlanNode, rankNodes } from '@cdkpipe/core';

export interface PlacedNode {
  readonly node: PlanNode;
  readonly runOrder: number;
}

export interface StageLayout {
  readonly name: string;
  /** Place in the definition it comes from. */
  readonly path: string;
  readonly actions: readonly PlacedNode[];
}

/** One stage for each group; a rank is a run order. */
export function layOutStages(plan: Plan): StageLayout[] {
  return plan.groups.map(({ name, path }) => ({
    name,
    path,
    actions: rankNodes(nodesOf(plan, name)).flatMap((rank, index) =>
      rank.map((node) => ({ node, runOrder: index + 1 })),
    ),
  }));
}
