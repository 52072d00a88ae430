/** What each gate of a model holds back, before there is a plan. */
import type { Environment } from './environment.ts';
import type { Workflow } from './workflow.ts';

/** The part of a model that says where gates are; a definition that nobody has validated yet has it, too. */
export interface GatedModel {
  readonly update?: { readonly before: Workflow };
  readonly waves: readonly {
    readonly name: string;
    readonly before: Workflow;
    readonly deployments: readonly {
      readonly name: string;
      readonly env: Environment;
      readonly changes: Workflow;
      readonly approvals: Workflow;
    }[];
  }[];
}

/** A step, or a part of a deployment, with what it waits for. */
export interface OrderedItem {
  readonly id: string;
  readonly after: readonly string[];
}

/** Steps by their IDs, and `prepare NAME` and `execute NAME` of each deployment, in the order that the model states. */
export function orderOf({ update, waves }: GatedModel): OrderedItem[] {
  const items: OrderedItem[] = [];
  const add = (id: string, after: readonly string[]): readonly string[] => {
    items.push({ id, after });
    return [id];
  };
  const layOut = (workflow: Workflow, after: readonly string[]): readonly string[] => {
    if (workflow.type === 'step') return add(workflow.step.id, after);
    if (workflow.type === 'sequence') return workflow.items.reduce((exits, item) => layOut(item, exits), after);
    return workflow.items.length === 0 ? after : workflow.items.flatMap((item) => layOut(item, after));
  };
  let exits: readonly string[] = update ? layOut(update.before, []) : [];
  for (const wave of waves) {
    const entry = layOut(wave.before, exits);
    const ends = wave.deployments.flatMap(({ name, changes, approvals }) => {
      const executed = add(`execute ${name}`, layOut(changes, add(`prepare ${name}`, entry)));
      return layOut(approvals, executed);
    });
    exits = ends.length > 0 ? ends : entry;
  }
  return items;
}
