/** Carries out one action of a plan with a deployer: without a run, a journal or the gates before it. */
import { join } from 'node:path';
import { type Assembly, type Plan, type PlanNode, refused, unreachable } from '@cdkpipe/core';
import type { Deployer, DeployTools, Executed, Prepared, StackTarget } from '@cdkpipe/deployer-cloudformation';
import { actionNotDeployed, preparedMissing, preparedUnused } from '../problems/action-problems.ts';
import { gatesBefore } from './gates-before.ts';

export type DeployedNode = Extract<PlanNode, { type: 'publish' | 'prepare' | 'execute' }>;

export interface CarryOutInput {
  readonly plan: Plan;
  readonly assembly: Assembly;
  /** Directory of the cloud assembly, absolute. */
  readonly directory: string;
  readonly node: DeployedNode;
  /** Names the change set, so that a second try takes the place of the first. */
  readonly run: string;
  /** What carrying out the `prepare` of the same stack has answered. */
  readonly prepared?: Prepared | undefined;
  readonly deployer: Deployer;
  readonly tools: DeployTools;
}

export interface CarriedOut {
  readonly node: string;
  readonly type: DeployedNode['type'];
  readonly mode: Deployer['mode'];
  readonly run: string;
  /** Gates of the plan that hold the action back, none of which was asked. */
  readonly gates: readonly string[];
  readonly summary?: string;
  readonly prepared?: Prepared;
  readonly executed?: Executed;
}

/** @throws CdkpipeError for an action that a deployer does not carry out */
export function deployedNode(node: PlanNode): DeployedNode {
  if (node.type === 'publish' || node.type === 'prepare' || node.type === 'execute') return node;
  throw refused([actionNotDeployed(node.id, node.type)]);
}

/**
 * ID of the node whose change set is to be executed; undefined where none is.
 *
 * @param isGiven whether a change set is given
 * @throws CdkpipeError where one is needed and not given, or given and not needed
 */
export function findPrepareOf({ nodes }: Plan, node: DeployedNode, isGiven: boolean): string | undefined {
  const prepare =
    node.type === 'execute' && node.changeSet
      ? nodes.find(
          (each) => each.type === 'prepare' && each.deployment === node.deployment && each.stack === node.stack,
        )
      : undefined;
  if (prepare !== undefined && !isGiven) throw refused([preparedMissing(node.id, prepare.id)]);
  if (prepare === undefined && isGiven) throw refused([preparedUnused(node.id)]);
  return prepare?.id;
}

export async function carryOutNode(input: CarryOutInput): Promise<CarriedOut> {
  const { plan, node, run, deployer, tools } = input;
  const about = { node: node.id, type: node.type, mode: deployer.mode, run, gates: gatesBefore(plan, node.id) };
  switch (node.type) {
    case 'publish': {
      const { id, env, manifests } = node;
      const target = { run, node: id, env, manifests, assemblyDirectory: input.directory };
      return { ...about, summary: await deployer.publish(target, tools) };
    }
    case 'prepare':
      return { ...about, prepared: await deployer.prepare(targetOf(input, node), tools) };
    case 'execute': {
      const executed = await deployer.execute(targetOf(input, node), input.prepared, tools);
      return { ...about, summary: executed.summary, executed };
    }
  }
}

function targetOf(
  { assembly, directory, run }: CarryOutInput,
  { id, deployment, stack: stackId }: Extract<DeployedNode, { type: 'prepare' | 'execute' }>,
): StackTarget {
  const stacks = assembly.deployments.find(({ name }) => name === deployment)?.stacks ?? [];
  const stack =
    stacks.find((each) => each.id === stackId) ??
    unreachable(`the plan deploys ${deployment}/${stackId}, which the assembly does not hold`);
  const templateFile = join(directory, stack.templateFile);
  return { run, node: id, deployment, stack, assemblyDirectory: directory, templateFile, deployedTogether: stacks };
}
