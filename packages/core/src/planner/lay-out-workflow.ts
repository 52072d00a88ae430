/** Lays steps out as nodes: sequence and parallel become edges. */
import type { Step } from '../model/step.ts';
import type { Workflow } from '../model/workflow.ts';
import type { PlanNode } from '../plan/node.ts';

/** Nodes, and the IDs of those that must have succeeded for the whole to have succeeded. */
export interface Laid {
  readonly nodes: readonly PlanNode[];
  readonly exits: readonly string[];
}

/** Makes the nodes of one step, the first of them after `after`. */
export type LayOutStep = (step: Step, after: readonly string[]) => Laid;

/** An empty workflow lays out nothing and exits where it began. */
export function layOutWorkflow(workflow: Workflow, after: readonly string[], layOutStep: LayOutStep): Laid {
  switch (workflow.type) {
    case 'step':
      return layOutStep(workflow.step, after);
    case 'sequence':
      return workflow.items.reduce<Laid>(
        (laid, item) => {
          const next = layOutWorkflow(item, laid.exits, layOutStep);
          return { nodes: [...laid.nodes, ...next.nodes], exits: next.exits };
        },
        { nodes: [], exits: after },
      );
    case 'parallel': {
      const branches = workflow.items.map((item) => layOutWorkflow(item, after, layOutStep));
      const exits = branches.flatMap((branch) => branch.exits);
      return { nodes: branches.flatMap((branch) => branch.nodes), exits: [...new Set(exits)] };
    }
  }
}
