/** Makes the question of a gate from what its renderer declared: all that the approver needs to see. */
import { environmentName, type PlanNode } from '@cdkpipe/core';
import type { Executed, Prepared } from '@cdkpipe/deployer-cloudformation';
import { digestOf } from '@cdkpipe/deployer-cloudformation';
import type { Identities } from '../contract/options.ts';
import type { LocalContext, LocalQuestion } from '../contract/renderer.ts';
import type { Approvers, Question } from '../journal/run-event.ts';
import type { RunState } from '../state/run-state.ts';

/** Minutes until a question counts as rejected where its step does not say: 7 days, as in CodePipeline. */
const defaultTimeout = 7 * 24 * 60;

export function gateQuestion(
  node: PlanNode,
  { title, comment, link, timeout = defaultTimeout, approvers = { count: 1 } }: LocalQuestion,
  context: LocalContext,
  state: RunState,
  { now, identities }: { readonly now: Date; readonly identities: Identities | undefined },
): Question {
  const changes = context.changes.map(({ templateFile, ...change }) => change);
  const outputs = outputsOf(context, state);
  const details = [
    `${context.mode} of ${context.plan.pipeline.name}, wave ${node.group}`,
    ...(context.deploymentEnv ? [`environment ${environmentName(context.deploymentEnv)}`] : []),
    ...outputs.map(({ name, value }) => `${name} = ${value}`),
  ];
  const prepared = context.changes.map(({ deployment, stack }) => preparedDigest(context, state, deployment, stack));
  return {
    about: 'gate',
    title: title ?? node.id,
    ...(comment === undefined ? {} : { comment }),
    ...(link === undefined ? {} : { link }),
    details,
    ...(changes.length === 0 ? {} : { changes }),
    approvers: identify(approvers, identities, context.mode),
    digest: digestOf({ plan: state.digest, gate: node.id, prepared, outputs }),
    expires: new Date(now.getTime() + timeout * 60_000).toISOString(),
  };
}

/** Names of the definition become accounts of this machine; claims count only where nothing is at stake. */
function identify({ count, of }: Approvers, identities: Identities | undefined, mode: LocalContext['mode']): Approvers {
  const claimed = identities === 'claimed' && mode === 'rehearsal';
  const accounts = new Map(typeof identities === 'object' ? Object.entries(identities) : []);
  return {
    count,
    ...(of && { of: claimed ? of : of.map((name) => accounts.get(name) ?? name) }),
    ...(claimed && { claimed }),
  };
}

function outputsOf({ plan, node }: LocalContext, state: RunState): { name: string; value: string }[] {
  if (node.type !== 'approve' || node.deployment === undefined) return [];
  return plan.nodes.flatMap((each) => {
    if (each.type !== 'execute' || each.deployment !== node.deployment) return [];
    const { outputs = {} } = (state.nodes.get(each.id)?.result ?? {}) as Partial<Executed>;
    return Object.entries(outputs).map(([name, value]) => ({ name: `${each.stack}.${name}`, value }));
  });
}

function preparedDigest({ plan }: LocalContext, state: RunState, deployment: string, stack: string): string {
  const node = plan.nodes.find(
    (each) => each.type === 'prepare' && each.deployment === deployment && each.stack === stack,
  );
  const prepared = node && (state.nodes.get(node.id)?.result as Prepared | undefined);
  return prepared?.digest ?? '';
}
