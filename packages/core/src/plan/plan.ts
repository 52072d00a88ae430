/** The plan: the graph of actions that a backend draws or runs, as frozen data. */
import type { Pipeline } from '../model/pipeline.ts';
import type { PlanNode } from './node.ts';

/** Nodes that a backend shows together: a stage in CodePipeline. Groups follow each other. */
export interface PlanGroup {
  readonly name: string;
  readonly type: 'source' | 'build' | 'update' | 'wave';
  /** Place in the definition it comes from. */
  readonly path: string;
}

/** Something the planner decided that an author may want to know, for example why stacks go out one by one. */
export interface PlanNote {
  readonly about: string;
  readonly text: string;
}

export interface Plan {
  readonly pipeline: Pipeline;
  readonly backend: string;
  readonly groups: readonly PlanGroup[];
  /** In group order; inside a group every node stands behind those it comes after. */
  readonly nodes: readonly PlanNode[];
  readonly notes: readonly PlanNote[];
}

export function nodesOf(plan: Plan, group: string): PlanNode[] {
  return plan.nodes.filter((node) => node.group === group);
}

/** Names of the groups that every pipeline may have; waves cannot take them. */
export const groupNames = { source: 'Source', build: 'Build', update: 'UpdatePipeline' } as const;
export const reservedGroupNames: readonly string[] = Object.values(groupNames);
