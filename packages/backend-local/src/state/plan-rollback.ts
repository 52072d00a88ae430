/** Plan + state → what goes back, and in which order. Pure. */
import { type Plan, type PlanNode, settledBefore } from '@cdkpipe/core';
import { settledStacks } from './rollback-state.ts';
import type { RunState } from './run-state.ts';
import { stopsTheRun } from './schedule.ts';

export type ExecuteNode = Extract<PlanNode, { type: 'execute' }>;

/** A stack that the run has, or may have, executed. */
export interface StackOnItsWayBack {
  /** `deployment/stack`. */
  readonly id: string;
  readonly node: ExecuteNode;
  /** IDs of the stacks that go back before it: they were executed behind it, and may need what it is now. */
  readonly behind: readonly string[];
}

export interface WantedRollback {
  readonly deployments: readonly string[];
  readonly reason: string;
}

/**
 * What `rollback: 'auto'` asks for: a wave goes back as a whole when anything behind its gates has failed, a deployment
 * when something of its own has.
 */
export function findWantedRollback(plan: Plan, state: RunState): WantedRollback | undefined {
  const stoppers = plan.nodes.filter(({ id }) => {
    const node = state.nodes.get(id);
    return node !== undefined && stopsTheRun(node);
  });
  const causes = new Map<string, PlanNode>();
  for (const wave of plan.pipeline.waves) {
    const own = stoppers.filter((node) => node.group === wave.name && !isBeforeWave(node));
    for (const { name, rollback } of wave.deployments) {
      const cause = wave.rollback ? own[0] : rollback && own.find((node) => deploymentOf(node) === name);
      if (cause) causes.set(name, cause);
    }
  }
  const [cause] = causes.values();
  if (!cause) return undefined;
  const { reason, outcome } = state.nodes.get(cause.id) ?? {};
  return { deployments: [...causes.keys()], reason: `${cause.id}: ${reason ?? outcome}` };
}

/** A gate before the wave stands apart: what it rejects has deployed nothing. */
function isBeforeWave(node: PlanNode): boolean {
  return node.type === 'approve' && node.deployment === undefined;
}

function deploymentOf(node: PlanNode): string | undefined {
  return 'deployment' in node ? node.deployment : undefined;
}

/** Stacks of `deployments` that were begun to be executed and are not settled, what was executed last first. */
export function stacksToRollBack(plan: Plan, state: RunState, deployments: readonly string[]): StackOnItsWayBack[] {
  const done = settledStacks(state.rollbacks);
  const begun = plan.nodes.filter(
    (node): node is ExecuteNode =>
      node.type === 'execute' &&
      deployments.includes(node.deployment) &&
      hasBegun(state, node) &&
      !done.has(stackId(node)),
  );
  const settled = new Map(begun.map(({ id, group }) => [id, settledBefore(plan, { id, group })]));
  const comesBehind = (later: ExecuteNode, earlier: ExecuteNode) => settled.get(later.id)?.has(earlier.id) === true;
  return begun.toReversed().map((node) => ({
    id: stackId(node),
    node,
    behind: begun.filter((other) => comesBehind(other, node)).map(stackId),
  }));
}

/** How it ended says nothing: an execution that failed, or was cut in the middle, may have changed the stack. */
function hasBegun({ nodes }: RunState, { id }: ExecuteNode): boolean {
  const node = nodes.get(id);
  return node !== undefined && node.attempt > 0 && node.outcome !== 'skipped';
}

function stackId({ deployment, stack }: ExecuteNode): string {
  return `${deployment}/${stack}`;
}
