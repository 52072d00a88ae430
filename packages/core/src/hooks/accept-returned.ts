/** Judges what taps return, hook by hook: a gate may never get lost on the way. */
import { isDeepStrictEqual } from 'node:util';
import { objectsInDefinitions } from '../config/objects-in-definitions.ts';
import { copyPlainData } from '../config/plain-data.ts';
import { shapeDefinition } from '../config/shape-definition.ts';
import type { HookName, RenderEvent } from '../contracts/hooks.ts';
import { gateReplaced, gateWeakened } from '../errors/catalogue/planning.ts';
import { refuseIfAny, unreachable } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { findCycle } from '../plan/cycles.ts';
import { findWeakenedGates } from '../plan/guards.ts';
import { isGate } from '../plan/node.ts';
import type { Plan, PlanNote } from '../plan/plan.ts';
import { checkPlan } from '../planner/plan-pipeline.ts';
import { findChangedGates, gatedByDefinition, gatedByModel } from './keep-gates.ts';

/** Returns the value to go on with, or throws. */
export function acceptReturned(hook: HookName, returned: unknown, before: unknown): unknown {
  switch (hook) {
    case 'config':
      return acceptDefinition(returned, before);
    case 'model':
      return acceptModel(returned as Pipeline, before as Pipeline);
    case 'plan':
      return acceptPlan(returned as Plan, before as Plan);
    case 'render':
      return acceptAction(returned, before as RenderEvent);
    case 'assembly':
    case 'emit':
    case 'runStart':
    case 'actionStart':
    case 'actionEnd':
    case 'runEnd':
      throw new TypeError('this hook looks on; return nothing');
    default:
      return unreachable(`the hook ${String(hook satisfies never)}`);
  }
}

/** A tap may add gates, never take one away. The copy is read from now on, so that nothing changes between two looks. */
function acceptDefinition(returned: unknown, before: unknown): unknown {
  const copy = copyPlainData(returned, { instances: objectsInDefinitions });
  shapeDefinition(copy);
  const gated = gatedByDefinition(copy as Record<string, unknown>);
  refuseIfAny(findChangedGates(gatedByDefinition(before as Record<string, unknown>), gated, 'definition'));
  return copy;
}

function acceptModel(returned: Pipeline, before: Pipeline): Pipeline {
  refuseIfAny(findChangedGates(gatedByModel(before), gatedByModel(returned), 'model'));
  return returned;
}

function acceptPlan(returned: Plan, before: Plan): Plan {
  if (returned.pipeline !== before.pipeline) throw new TypeError('the plan of another pipeline');
  const known = new Set(returned.nodes.map(({ id }) => id));
  const lost = returned.nodes.flatMap(({ id, after }) =>
    after.filter((other) => !known.has(other)).map((other) => `${id} after ${other}`),
  );
  if (lost.length > 0) throw new TypeError(`edges to nodes that do not exist: ${lost.join(', ')}`);
  const cycle = findCycle(new Map(returned.nodes.map(({ id, after }) => [id, after])));
  if (cycle) throw new TypeError(`nodes wait for each other: ${cycle.join(' after ')}`);
  const checked = checkPlan(returned);
  refuseIfAny(findReplacedNodes(before, checked));
  refuseUnreadableNotes(checked.notes);
  refuseIfAny(findWeakenedGates(before, checked).map(({ gate, node }) => gateWeakened(gate, node)));
  return checked;
}

/** Only gates may be added, and only edges may change: what deploys in another place would have left its gates behind. */
function findReplacedNodes(before: Plan, after: Plan): Problem[] {
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  const problems: Problem[] = [];
  for (const node of after.nodes) {
    const origin = known.get(node.id);
    known.delete(node.id);
    if (origin === undefined && !isGate(node))
      throw new TypeError(`the node "${node.id}" was not planned, and is no gate`);
    if (origin === undefined || isDeepStrictEqual({ ...node, after: [] }, { ...origin, after: [] })) continue;
    if (!isGate(origin)) throw new TypeError(`the node "${node.id}" differs in more than its \`after\``);
    problems.push(
      gateReplaced(origin.gate, origin.step, isGate(node) ? node.step : { kind: node.type, position: 'none' }),
    );
  }
  const [lost] = known.keys();
  if (lost !== undefined) throw new TypeError(`the node "${lost}" is missing`);
  return problems;
}

function refuseUnreadableNotes(notes: Plan['notes']): void {
  const isNote = ({ about, text }: PlanNote) => typeof about === 'string' && typeof text === 'string';
  if (!notes.every(isNote)) throw new TypeError('a note has the texts `about` and `text`');
}

function acceptAction(returned: unknown, before: RenderEvent): RenderEvent {
  if (before.type !== 'action')
    throw new TypeError('nothing can be returned at the end; change the constructs themselves');
  if (typeof returned !== 'object' || returned === null) throw new TypeError('an action is an object');
  return { ...before, action: returned };
}
