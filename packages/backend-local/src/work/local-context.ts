/** What a renderer is told of the action it renders: outputs, change sets, places. */
import { deploymentsOf, type Plan, type PlanNode } from '@cdkpipe/core';
import type { Prepared } from '@cdkpipe/deployer-cloudformation';
import type { LocalContext, StackChange } from '../contract/renderer.ts';
import type { RunStarted } from '../journal/run-event.ts';
import type { RunState } from '../state/run-state.ts';
import { findValue } from './find-value.ts';

export interface ContextInput {
  readonly plan: Plan;
  readonly node: PlanNode;
  readonly state: RunState;
  readonly run: string;
  readonly mode: RunStarted['mode'];
  readonly projectDirectory: string;
  readonly assemblyDirectory: string | undefined;
  readonly ringing: readonly string[];
  templateOf(deployment: string, stack: string): string;
}

export function makeContext(input: ContextInput): LocalContext {
  const { plan, node, state, assemblyDirectory } = input;
  const name = 'deployment' in node ? node.deployment : undefined;
  const deployment = deploymentsOf(plan.pipeline).find((each) => each.name === name);
  const executed = name === undefined ? undefined : lastExecuted(plan, state, name);
  const begun = state.nodes.get(node.id)?.since;
  return {
    plan,
    node,
    run: input.run,
    mode: input.mode,
    projectDirectory: input.projectDirectory,
    ...(deployment ? { deploymentEnv: deployment.env } : {}),
    value: (reference) => findValue(input, reference),
    ringing: input.ringing,
    ...(executed === undefined ? {} : { executed }),
    ...(begun === undefined ? {} : { begun: new Date(begun) }),
    changes: name === undefined ? [] : openChanges(input, name),
    ...(assemblyDirectory === undefined ? {} : { assemblyDirectory }),
  };
}

function lastExecuted(plan: Plan, state: RunState, deployment: string): Date | undefined {
  const times = plan.nodes.flatMap((node) => {
    const ended = node.type === 'execute' && node.deployment === deployment && state.nodes.get(node.id)?.ended;
    return ended ? [Date.parse(ended)] : [];
  });
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

/** What was prepared and has not been executed yet: what a change approval decides about. */
function openChanges({ plan, state, node, templateOf }: ContextInput, deployment: string): StackChange[] {
  const stacks = node.type === 'review' ? node.stacks : undefined;
  return plan.nodes.flatMap((each) => {
    if (each.type !== 'prepare' || each.deployment !== deployment) return [];
    if (stacks && !stacks.includes(each.stack)) return [];
    const execute = plan.nodes.find(
      (other) => other.type === 'execute' && other.deployment === deployment && other.stack === each.stack,
    );
    const prepared = state.nodes.get(each.id)?.result as Prepared | undefined;
    if (!prepared || (execute && state.nodes.has(execute.id))) return [];
    return [{ ...prepared.changes, deployment, stack: each.stack, templateFile: templateOf(deployment, each.stack) }];
  });
}
