/** What a renderer is told of the action it renders: outputs, change sets, places. */
import {
  deploymentsOf,
  isOutputReference,
  type OutputReference,
  type Plan,
  type PlanNode,
  unreachable,
} from '@cdkpipe/core';
import type { LocalContext, StackChange } from '../contract.ts';
import type { Executed, Prepared } from '../deploy/deployer.ts';
import type { RunState } from '../engine/run-state.ts';
import type { RunStarted } from '../journal/run-event.ts';

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
    value: (reference) =>
      isOutputReference(reference)
        ? findOutput(plan, state, name ?? '', reference, input.mode)
        : unreachable(`a reference to ${reference.$ref} in a plan for local`),
    ringing: input.ringing,
    ...(executed === undefined ? {} : { executed }),
    ...(begun === undefined ? {} : { begun: new Date(begun) }),
    changes: name === undefined ? [] : openChanges(input, name),
    ...(assemblyDirectory === undefined ? {} : { assemblyDirectory }),
  };
}

function findOutput(
  plan: Plan,
  state: RunState,
  deployment: string,
  { stack, name }: OutputReference,
  mode: RunStarted['mode'],
): string {
  const node = plan.nodes.find(
    (each) => each.type === 'execute' && each.deployment === deployment && each.stack === stack,
  );
  const result = node && (state.nodes.get(node.id)?.result as Executed | undefined);
  const value = result?.outputs[name];
  if (value !== undefined) return value;
  const place = `rehearsal.outputs['${deployment}/${stack}'].${name}`;
  throw new Error(
    mode === 'rehearsal'
      ? `the output ${name} of ${deployment}/${stack} has no value in a rehearsal, as CloudFormation would make it: give one in the definition, ${place}`
      : `the stack ${deployment}/${stack} has no output ${name}`,
  );
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
