/** Makes the outline of a plan. */
import { deploymentsOf, environmentName, isGate, nodesOf, type Plan, rankNodes } from '@cdkpipe/core';
import type { Outline, OutlineTotals } from './outline.ts';
import { outlineAction } from './outline-action.ts';

export function outlinePlan(plan: Plan): Outline {
  const { pipeline } = plan;
  return {
    pipeline: { name: pipeline.name, environment: pipeline.env },
    backend: plan.backend,
    stages: plan.groups.map(({ name, type, path }) => ({
      name,
      type,
      path,
      actions: rankNodes(nodesOf(plan, name)).flatMap((rank, index) =>
        rank.map((node) => outlineAction(node, index + 1, pipeline)),
      ),
    })),
    notes: plan.notes,
    totals: totalsOf(plan),
  };
}

function totalsOf({ pipeline, groups, nodes }: Plan): OutlineTotals {
  const deployments = deploymentsOf(pipeline);
  return {
    stages: groups.length,
    actions: nodes.length,
    gates: new Set(nodes.filter(isGate).map((node) => node.gate)).size,
    publishers: nodes.filter((node) => node.type === 'publish').length,
    deployments: deployments.length,
    stacks: nodes.filter((node) => node.type === 'execute').length,
    environments: new Set(deployments.map(({ env }) => environmentName(env))).size,
  };
}
