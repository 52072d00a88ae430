/** Makes the diagram of a run: the plan that it follows, and how each action stands. */
import type { PlannedNode } from '@cdkpipe/backend-local/engine';
import type { Diagram, DiagramNode } from '../diagram/diagram.ts';
import { lanesOf } from '../diagram/lanes-of.ts';
import { counted } from '../outline/counted.ts';
import type { RunDocument } from '../views/run-report.ts';
import { anchorOf } from './anchors.ts';
import type { Logs } from './logs.ts';
import { stateOf } from './state-of.ts';

/** Before there is a plan, as sources and build are. */
const beforePlan = 'Before the plan';

export function diagramRun({ actions, records, pipeline, id: run }: RunDocument, logs: Logs): Diagram {
  const planned = new Map(
    records.flatMap(({ event }) =>
      event.type === 'planned' ? event.nodes.map((node) => [node.id, node] as const) : [],
    ),
  );
  const before = actions
    .filter(({ id }) => !planned.has(id))
    .map(({ id }): PlannedNode => ({ id, type: '', group: beforePlan, after: [] }));
  const nodes = [...before, ...planned.values()];
  const lanes = lanesOf(nodes.map(({ group, after = [], ...node }) => ({ ...node, stage: group, after })));
  const states = new Map(actions.map((action) => [action.id, action]));
  return {
    title: `${pipeline} ${run}`,
    description: `${counted(nodes.length, 'action')} of a run.`,
    stages: [...new Set(nodes.map(({ group }) => group))].map((name) => ({ name })),
    laneNotes: laneNotesOf(nodes),
    nodes: nodes.map((node): DiagramNode => {
      const lane = lanes.get(node.id);
      const anchor = anchorOf(node.id);
      return {
        id: node.id,
        shape: isGate(node.type) ? 'gate' : 'action',
        title: titleOf(node),
        details: node.type === '' ? [] : [node.type],
        description: node.id,
        stage: node.group,
        ...(lane === undefined ? {} : { lane }),
        after: node.after ?? [],
        state: stateOf(states.get(node.id)),
        ...(states.has(node.id) && { anchor: `node-${anchor}`, link: logs.get(node.id)?.anchor ?? `action-${anchor}` }),
      };
    }),
  };
}

function isGate(type: string | undefined): boolean {
  return type === 'review' || type === 'approve';
}

/** A frame says the environment where all stacks of the deployment are in one. */
function laneNotesOf(nodes: readonly PlannedNode[]): ReadonlyMap<string, string> {
  const places = new Map<string, Set<string>>();
  for (const { deployment, environment } of nodes) {
    if (deployment === undefined || environment === undefined) continue;
    places.set(deployment, (places.get(deployment) ?? new Set()).add(environment));
  }
  return new Map(
    [...places].flatMap(([name, [only, ...others]]) => (only && others.length === 0 ? [[name, only]] : [])),
  );
}

function titleOf({ id, stack, deployment, group }: PlannedNode): string {
  if (stack !== undefined) return stack;
  const prefix = [`${deployment}/`, `${group}:before/`].find((each) => id.startsWith(each));
  return prefix === undefined ? id : id.slice(prefix.length);
}
