/** Judges whether a hook left every gate what it was: there, the same, and in front of all that it holds back. */
import type { Registry } from '../contracts/registry.ts';
import { gateChanged, gateLost, gateWeakened } from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import { isSameEnvironment } from '../model/environment.ts';
import { gatesOf } from '../model/gates.ts';
import { type GatedModel, orderOf } from '../model/held-back.ts';
import { deploymentsOf } from '../model/pipeline.ts';
import type { Step } from '../model/step.ts';
import { followersIn } from '../plan/graph.ts';
import { findWeakenedGates } from '../plan/guards.ts';
import { isGate, type PlanNode } from '../plan/node.ts';
import type { Plan } from '../plan/plan.ts';
import { type Difference, findDifferences, isCovered, sayDifference } from './find-differences.ts';

/** @param where what the gate is missing in, for the message: the definition or the model */
export function judgeModelGates(before: GatedModel, after: GatedModel, where: string, registry: Registry): Problem[] {
  const kept = new Map(gatesOf(after).map((gate) => [gate.id, gate]));
  const held = followersIn(orderOf(before));
  const order = orderOf(after);
  const holds = followersIn(order);
  const successors = findSuccessors(before, after);
  return gatesOf(before).flatMap((gate) => {
    const now = kept.get(gate.id);
    if (!now) return [gateLost(gate.id, where)];
    const escaped = [...held(gate.id)]
      .flatMap((id) => successors.get(id) ?? [id])
      .find((id) => order.some((item) => item.id === id) && !holds(gate.id).has(id));
    return [...judgeStep(gate, now, registry), ...(escaped === undefined ? [] : [gateWeakened(gate.id, escaped)])];
  });
}

/**
 * By `execute NAME` of a deployment that is gone: the same of those that may have taken its place. Under a new name a deployment of the
 * same environment may change the same stacks, so a gate has to hold it back, too.
 */
function findSuccessors(before: GatedModel, after: GatedModel): ReadonlyMap<string, readonly string[]> {
  const [old, now] = [deploymentsOf(before), deploymentsOf(after)];
  const without = (others: GatedDeployments) => (one: { readonly name: string }) =>
    others.every(({ name }) => name !== one.name);
  const added = now.filter(without(old));
  return new Map(
    old
      .filter(without(now))
      .map(({ name, env }) => [
        `execute ${name}`,
        added.filter((one) => isSameEnvironment(one.env, env)).map((one) => `execute ${one.name}`),
      ]),
  );
}

type GatedDeployments = GatedModel['waves'][number]['deployments'];

function judgeStep(before: Step, after: Step, registry: Registry): Problem[] {
  const options = registry.kinds.get(before.kind)?.value.changeable ?? [];
  const compared = ({ kind, position, runIn, options }: Step) => ({ kind, position, runIn, options });
  const changeable = options.map((option) => `options.${option}`);
  const changes = findDifferences(compared(before), compared(after));
  return changedGate(before.id, changes, changeable, options);
}

/** A tap of `plan` may give a gate more to wait for, and another name to be shown by; nothing else. */
export function judgePlanGates(before: Plan, after: Plan): Problem[] {
  const nodes = new Map(after.nodes.map((node) => [node.id, node]));
  const changed = before.nodes.filter(isGate).flatMap((gate) => {
    const now = nodes.get(gate.id);
    return now === undefined
      ? [gateLost(gate.id, 'plan')]
      : changedGate(gate.id, findDifferences(fixedParts(gate), fixedParts(now)), [], []);
  });
  const unbound = before.nodes.filter(isUnbound(before, nodes)).map(({ id, after }) => gateWeakened(after.join(), id));
  const weakened = findWeakenedGates(before, after).map(({ gate, node }) => gateWeakened(gate, node));
  return [...changed, ...weakened, ...unbound];
}

function fixedParts({ after: _after, name: _name, ...fixed }: PlanNode): object {
  return fixed;
}

/** Something reviewed that no longer executes the change set which was reviewed. */
function isUnbound(plan: Plan, after: ReadonlyMap<string, PlanNode>) {
  const reviewed = new Set(
    plan.nodes.flatMap((node) =>
      node.type === 'review' ? node.stacks.map((stack) => `${node.deployment}/${stack}`) : [],
    ),
  );
  return (node: PlanNode): boolean => {
    if (node.type !== 'execute' || !node.changeSet || !reviewed.has(`${node.deployment}/${node.stack}`)) return false;
    const now = after.get(node.id);
    return now?.type === 'execute' && !now.changeSet;
  };
}

/** @param node gate whose action a tap of `render` changed */
export function judgeGateAction(node: PlanNode, before: unknown, after: unknown, registry: Registry, backend: string) {
  if (!isGate(node)) return [];
  const renderer = registry.findRenderer(backend, node.step.kind)?.value;
  const changeable = renderer?.changeable ?? ['timeout'];
  return changedGate(node.id, findDifferences(before, after), changeable, changeable).map((problem) => ({
    ...problem,
    path: node.path,
  }));
}

/** What stands for gates in what is rendered, before and after a tap that may change all of it. */
export type RenderedGates = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

export function judgeRenderedGates(
  plan: Plan,
  before: RenderedGates,
  after: RenderedGates,
  registry: Registry,
): Problem[] {
  return plan.nodes.filter(isGate).flatMap((node) => {
    const record = before.get(node.id);
    if (record === undefined) return [];
    return judgeGateAction(node, record, after.get(node.id) ?? {}, registry, plan.backend);
  });
}

function changedGate(
  gate: string,
  differences: readonly Difference[],
  changeable: readonly string[],
  shown: readonly string[],
): Problem[] {
  const faults = differences.filter((difference) => !isCovered(difference, changeable));
  return faults.length === 0 ? [] : [gateChanged(gate, faults.map(sayDifference).join('; '), shown)];
}
