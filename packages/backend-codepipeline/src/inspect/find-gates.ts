/** Reads the gates back from an emitted pipeline: which are there and still stop what stands behind them. */
import { followersIn, isGate, type Plan } from '@cdkpipe/core';
import { expandPlan, isHelper, type LaidAction } from '../stages/expand-plan.ts';
import type { LayoutSettings } from '../stages/lay-out-stages.ts';
import { isBefore } from './check-artifacts.ts';
import { emittedActions } from './emitted-actions.ts';
import type { EmittedPipeline } from './read-template.ts';

/** Categories of actions that can end in failure by a decision or a check. */
const stopping: ReadonlySet<string> = new Set(['Approval', 'Build', 'Compute', 'Invoke', 'Test']);

/**
 * IDs of the gate nodes that were found, each before every emitted action that stands behind it in the plan. A review
 * counts only together with the report it is made on and the verification that binds it to what executes. A stage that a
 * condition may skip holds nothing back.
 */
export function findGates(plan: Plan, pipeline: EmittedPipeline, settings: LayoutSettings): string[] {
  const actions = expandPlan(plan);
  const emitted = emittedActions(plan, pipeline, settings);
  const followers = followersOf(plan, actions);
  const skippable = new Set(pipeline.stages.filter(({ canBeSkipped }) => canBeSkipped).map(({ name }) => name));
  const holds = (node: LaidAction) => {
    const action = emitted.get(node.id);
    if (!action || !stopping.has(action.category) || skippable.has(action.stage)) return false;
    const behind = followers(node).flatMap(({ id }) => emitted.get(id) ?? []);
    return behind.every((follower) => isBefore(action, follower));
  };
  const unbound = new Set(
    actions.filter((action) => isHelper(action) && !holds(action)).flatMap((helper) => reviewsOf(helper, actions)),
  );
  return plan.nodes.filter((node) => isGate(node) && holds(node) && !unbound.has(node.id)).map(({ id }) => id);
}

/** The reviews that a report stands before, or a verification behind. */
function reviewsOf(helper: LaidAction, actions: readonly LaidAction[]): string[] {
  return actions
    .filter(({ id, type, after }) => type === 'review' && (after.includes(helper.id) || helper.after.includes(id)))
    .map(({ id }) => id);
}

/** All nodes that may only start when a node has succeeded: along the edges, and in every later group. */
function followersOf(plan: Plan, actions: readonly LaidAction[]): (node: LaidAction) => LaidAction[] {
  const groups = new Map(plan.groups.map(({ name }, index) => [name, index]));
  const groupOf = (node: LaidAction) => groups.get(node.group) ?? -1;
  const behind = followersIn(actions);
  return (start) => {
    const followers = behind(start.id);
    return actions.filter((node) => groupOf(node) > groupOf(start) || followers.has(node.id));
  };
}
