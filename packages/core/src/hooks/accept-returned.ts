/** Judges what taps return, hook by hook: a gate may never get lost on the way. */
import { shapeDefinition } from '../config/shape-definition.ts';
import type { HookName, RenderEvent } from '../contracts/hooks.ts';
import { gateLost, gateWeakened } from '../errors/catalogue/planning.ts';
import { refuseIfAny, unreachable } from '../errors/cdkpipe-error.ts';
import { gatesOf } from '../model/gates.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { findCycle } from '../plan/cycles.ts';
import { findWeakenedGates } from '../plan/guards.ts';
import type { Plan } from '../plan/plan.ts';
import { checkPlan } from '../planner/plan-pipeline.ts';

/** Returns the value to go on with, or throws. */
export function acceptReturned(hook: HookName, returned: unknown, before: unknown): unknown {
  switch (hook) {
    case 'config':
      shapeDefinition(returned);
      return returned;
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

/** A tap may add gates, never take one away. */
function acceptModel(returned: Pipeline, before: Pipeline): Pipeline {
  const kept = new Set(gatesOf(returned).map(({ id }) => id));
  refuseIfAny(
    gatesOf(before)
      .filter(({ id }) => !kept.has(id))
      .map(({ id }) => gateLost(id, 'model')),
  );
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
  refuseIfAny(findWeakenedGates(before, checked).map(({ gate, node }) => gateWeakened(gate, node)));
  return checked;
}

function acceptAction(returned: unknown, before: RenderEvent): RenderEvent {
  if (before.type !== 'action')
    throw new TypeError('nothing can be returned at the end; change the constructs themselves');
  if (typeof returned !== 'object' || returned === null) throw new TypeError('an action is an object');
  return { ...before, action: returned };
}
