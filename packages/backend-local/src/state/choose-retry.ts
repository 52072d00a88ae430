/** A run that failed → the actions that have to run again, or why it cannot go on. Pure. */
import { isGate, type Plan, type PlanNode, type Problem } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';
import type { NodeState, RunState } from './run-state.ts';
import { stopsTheRun } from './schedule.ts';

/**
 * What failed, and where that is the execution of a stack whose change set was prepared, everything of its deployment from
 * the change sets on: CloudFormation has deleted the failed change set, and whoever approved it has to see the next.
 */
export function chooseRetry(run: string, plan: Plan, state: RunState): { nodes: string[]; problems: Problem[] } {
  const failed = [...state.nodes].filter(([, node]) => stopsTheRun(node));
  if (!state.ended || failed.length === 0) return { nodes: [], problems: [words.nothingToRetry(run)] };
  const nodes = plan.nodes.filter(({ id }) => failed.some(([other]) => other === id));
  return {
    nodes: [...new Set(nodes.flatMap((node) => [node.id, ...preparedWith(plan, node, state)]))],
    problems: [
      ...(state.rollbacks.length > 0 ? [words.retryAfterRollback(run)] : []),
      ...failed.flatMap(([id, node]) => whyNot(run, id, node)),
    ],
  };
}

function whyNot(run: string, id: string, { question, answers, retry }: NodeState): Problem[] {
  if (question?.about === 'gate' || answers.length > 0) return [words.retryOfDecision(run, id)];
  return retry === 'never' ? [words.notRetryable(run, id)] : [];
}

function preparedWith(plan: Plan, failed: PlanNode, { nodes }: RunState): string[] {
  if (failed.type !== 'execute') return [];
  const own = plan.nodes.filter((node) => 'deployment' in node && node.deployment === failed.deployment);
  const prepared = own.filter(({ type }) => type === 'prepare');
  if (prepared.length === 0) return [];
  return own
    .filter((node) => node.type === 'prepare' || node.type === 'execute' || isGate(node))
    .flatMap(({ id }) => (nodes.has(id) ? [id] : []));
}
