/** The layout: where a backend puts the nodes of a plan, as data that can be shown. */
import { nodesOf, type Plan, type PlanNote } from './plan.ts';
import { rankNodes } from './ranks.ts';

/** Nodes that a backend shows together; a group of the plan, or a part of one. */
export interface LaidStage {
  readonly name: string;
  /** Name of the {@link PlanGroup}. */
  readonly group: string;
  /**
   * IDs of nodes. Those of one rank may run at the same time; a rank begins when all of the one before has succeeded,
   * so it may wait for more than its nodes come after.
   */
  readonly ranks: readonly (readonly string[])[];
  /** What the backend adds for its own sake, where an author should know; by default nothing. */
  readonly additions?: readonly LaidAddition[];
  /** The wave or deployment that goes back to its last good state when the stage fails. */
  readonly rollback?: string;
}

/** An action that is no node of the plan: a backend needs it to keep what the plan promises. */
export interface LaidAddition {
  readonly id: string;
  readonly name: string;
  /** One word for what it does, as the plan's node types are, for example `verify`. */
  readonly type: string;
  /** What it works on in few words. */
  readonly subject: string;
  /** Index among the ranks of its stage. */
  readonly rank: number;
  /** IDs of the nodes and additions that must have succeeded before. */
  readonly after: readonly string[];
  /** IDs of the nodes that come after it. */
  readonly before: readonly string[];
  readonly deployment?: string;
  readonly stacks?: readonly string[];
  /** Place in the definition it comes from. */
  readonly path: string;
}

export interface Layout {
  readonly stages: readonly LaidStage[];
  /** False where a node starts as soon as what it comes after has succeeded, in whatever rank it is shown. Default true. */
  readonly ranksWait?: boolean;
  /** What the backend decided that an author may want to know. */
  readonly notes: readonly PlanNote[];
}

/** One stage for each group, every node as early as its edges allow; for backends that say nothing else. */
export function layOutByRank(plan: Plan): Layout {
  const stages = plan.groups.map(({ name }) => ({
    name,
    group: name,
    ranks: rankNodes(nodesOf(plan, name)).map((rank) => rank.map(({ id }) => id)),
  }));
  return { stages, notes: [] };
}
