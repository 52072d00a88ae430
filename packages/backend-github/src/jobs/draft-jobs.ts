/** The nodes of a plan → drafts of jobs, in the order of the plan: by credential and gate, not by stack. */
import { type Plan, type PlanNode, type PublishNode, type SourceNode, unreachable } from '@cdkpipe/core';
import type { GitHubWork } from '../contract/github-work.ts';
import type { Draft } from './draft.ts';
import { draftBuild } from './draft-build.ts';
import { mergeGates } from './merge-gates.ts';
import { isStackNode, partDeployment } from './part-deployment.ts';
import { isStepNode } from './step-node.ts';

export function draftJobs(plan: Plan, works: ReadonlyMap<string, GitHubWork>): Draft[] {
  const drafts = [
    ...draftSources(plan),
    ...draftBuild(plan, works),
    ...plan.groups.flatMap(({ name }) => draftGroup(plan, name)),
  ];
  return mergeGates(plan, drafts, ({ id }) => works.get(id)?.type === 'approval');
}

/** Sources that are not repositories of GitHub are fetched with credentials, which no build may have. */
function draftSources({ nodes }: Plan): Draft[] {
  const fetched = nodes.filter(
    (node): node is SourceNode =>
      node.type === 'source' &&
      node.directory !== undefined &&
      (node.source.type === 's3' || node.source.type === 'ecr'),
  );
  return fetched.length === 0 ? [] : [{ type: 'sources', parts: ['Source'], nodes: fetched }];
}

function draftGroup(plan: Plan, group: string): Draft[] {
  const nodes = plan.nodes.filter((node) => node.group === group);
  const publishes = nodes.filter((node): node is PublishNode => node.type === 'publish');
  const shared = publishes.filter((node) => waitingFor(nodes, node).size !== 1);
  const begun = new Set<string>();
  return nodes.flatMap((node): Draft[] => {
    if (isStackNode(node)) {
      const { deployment } = node;
      if (begun.has(deployment)) return [];
      begun.add(deployment);
      const own = publishes.filter((each) => !shared.includes(each) && waitingFor(nodes, each).has(deployment));
      return partDeployment({ plan, deployment, publishes: own });
    }
    if (node.type === 'build' || node.type === 'source') return [];
    if (isStepNode(node)) return [{ type: 'step', parts: partsOf(node), nodes: [node], node }];
    if (node.type === 'publish')
      return shared[0] === node ? [{ type: 'publish', parts: [group, 'publish'], nodes: shared }] : [];
    return unreachable(`nothing updates a pipeline on GitHub, and ${node.id} is to`);
  });
}

/** Deployments that begin only when a publisher is done. */
function waitingFor(nodes: readonly PlanNode[], { id }: PublishNode): Set<string> {
  return new Set(nodes.flatMap((node) => (isStackNode(node) && node.after.includes(id) ? [node.deployment] : [])));
}

/** What a node is called, in the names that it is made of. */
export function partsOf({ id }: PlanNode): string[] {
  return id.split(/[/:]/);
}
