/** Judges what taps return, hook by hook: a gate may never get lost, changed or passed by on the way. */
import { isDeepStrictEqual } from 'node:util';
import type { HookName, RenderEvent } from '../contracts/hooks.ts';
import type { Registry } from '../contracts/registry.ts';
import { isCdkpipeError, refuseIfAny, unreachable } from '../errors/cdkpipe-error.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { findCycle } from '../plan/cycles.ts';
import { isGate } from '../plan/node.ts';
import type { Plan } from '../plan/plan.ts';
import { checkPlan } from '../planner/plan-pipeline.ts';
import { ruleDecisions } from '../shape/acknowledgements.ts';
import { objectsInDefinitions } from '../shape/objects-in-definitions.ts';
import { copyPlainData, type NoData } from '../shape/plain-data.ts';
import { shapeDefinition } from '../shape/shape-definition.ts';
import { sketchGates } from '../shape/sketch-gates.ts';
import { type ActionEvent, withAction } from './action-event.ts';
import { judgeGateAction, judgeModelGates, judgePlanGates } from './judge-gates.ts';
import type { HookSettings } from './phase-hooks.ts';
import { checkModelShape, checkNodeShapes } from './returned-shapes.ts';

/** A plan of thousands of nodes has more values than an author writes. */
const mostValues = 5_000_000;

/** What it makes returns the value to go on with, a plain copy of what was returned, or throws. */
export function acceptingFor(registry: Registry): HookSettings['accept'] {
  return (hook: HookName, returned: unknown, before: unknown): unknown => {
    switch (hook) {
      case 'config':
        return acceptDefinition(copied(returned, { instances: objectsInDefinitions }), before, registry);
      case 'model':
        return acceptModel(copied(returned, { instances: ['options'] }), before as Pipeline, registry);
      case 'plan':
        return acceptPlan(copied(returned, { kept: ['pipeline'], instances: ['options'] }), before as Plan);
      case 'render':
        return acceptAction(returned, before as RenderEvent, registry);
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
  };
}

/** Getters and proxies of a plugin run here, under its name, and nowhere else. */
function copied(returned: unknown, places: NoData): unknown {
  try {
    return copyPlainData(returned, places, mostValues);
  } catch (error) {
    if (!isCdkpipeError(error)) throw error;
    throw new TypeError(error.problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '));
  }
}

function acceptDefinition(returned: unknown, before: unknown, registry: Registry): unknown {
  const shaped = shapeDefinition(returned);
  const original = shapeDefinition(before);
  if (!isDeepStrictEqual(ruleDecisions(shaped), ruleDecisions(original)))
    throw new TypeError('`rules` and `acknowledge` are the decisions of the author, and stay as they are');
  refuseIfAny(judgeModelGates(sketchGates(original), sketchGates(shaped), 'definition', registry));
  return returned;
}

function acceptModel(returned: unknown, before: Pipeline, registry: Registry): Pipeline {
  const model = checkModelShape(returned);
  refuseIfAny(judgeModelGates(before, model, 'model', registry));
  return model;
}

function acceptPlan(value: unknown, before: Plan): Plan {
  const returned = checkNodeShapes(value);
  if (returned.pipeline !== before.pipeline) throw new TypeError('the plan of another pipeline');
  if (returned.backend !== before.backend) throw new TypeError('the plan for another backend');
  const known = new Set(returned.nodes.map(({ id }) => id));
  if (known.size < returned.nodes.length) throw new TypeError('two nodes have the same ID');
  const lost = returned.nodes.flatMap(({ id, after }) =>
    after.filter((other) => !known.has(other)).map((other) => `${id} after ${other}`),
  );
  if (lost.length > 0) throw new TypeError(`edges to nodes that do not exist: ${lost.join(', ')}`);
  const cycle = findCycle(new Map(returned.nodes.map(({ id, after }) => [id, after])));
  if (cycle) throw new TypeError(`nodes wait for each other: ${cycle.join(' after ')}`);
  refuseIfAny(judgePlanGates(before, returned));
  refuseReplacedNodes(before, returned);
  return checkPlan(returned);
}

/** Only gates may be added, and of other nodes only edges may change: what deploys in another place would have left its gates behind. */
function refuseReplacedNodes(before: Plan, after: Plan): void {
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  for (const node of after.nodes) {
    const origin = known.get(node.id);
    known.delete(node.id);
    if (isGate(origin ?? node)) continue;
    if (origin === undefined) throw new TypeError(`the node "${node.id}" was not planned, and is no gate`);
    if (!isDeepStrictEqual({ ...node, after: [] }, { ...origin, after: [] }))
      throw new TypeError(`the node "${node.id}" differs in more than its \`after\``);
  }
  const [lost] = known.keys();
  if (lost !== undefined) throw new TypeError(`the node "${lost}" is missing`);
}

function acceptAction(returned: unknown, before: RenderEvent, registry: Registry): ActionEvent {
  if (before.type !== 'action')
    throw new TypeError('nothing can be returned at the end; change the constructs themselves');
  if (typeof returned !== 'object' || returned === null) throw new TypeError('an action is an object');
  const event = withAction(before, copied(returned, { instances: 'everywhere' }));
  refuseIfAny(judgeGateAction(before.node, before.action, event.action, registry, before.backend));
  return event;
}
