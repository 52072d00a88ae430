/** The build, and which steps around it run in its job. */
import type { BuildNode, Plan, PlanNode } from '@cdkpipe/core';
import { type GitHubWork, needsCredentials } from '../contract/github-work.ts';
import type { Draft } from './draft.ts';
import { type BuildStepNode, isBuildStep } from './step-node.ts';

/** A job costs a machine and a place in the graph; steps that run one after the other, with what the build has, need none. */
export function draftBuild({ nodes }: Plan, works: ReadonlyMap<string, GitHubWork>): Draft[] {
  const main = nodes.find((node): node is BuildNode => node.type === 'build' && node.work.role === 'main');
  if (main === undefined) return [];
  const at = nodes.indexOf(main);
  const steps = nodes.filter(isBuildStep);
  const sharesJob = ({ id }: BuildStepNode) => isLikeBuild(main, works.get(id));
  const isBefore = (node: PlanNode) => nodes.indexOf(node) < at;
  const inSequence = (chain: readonly BuildStepNode[]) => (isChain(chain) && chain.every(sharesJob) ? chain : []);
  const before = inSequence(steps.filter(isBefore));
  const after = inSequence(steps.filter((node) => !isBefore(node)));
  const alone = steps.filter((node) => !before.includes(node) && !after.includes(node));
  const drafted = (node: BuildStepNode): Draft => ({
    type: 'step',
    parts: ['Build', node.work.step.name],
    nodes: [node],
    node,
  });
  return [
    ...alone.filter(isBefore).map(drafted),
    { type: 'build', parts: ['Build'], nodes: [...before, main, ...after], node: main, before, after },
    ...alone.filter((node) => !isBefore(node)).map(drafted),
  ];
}

/** Whether each one comes after the one before. */
function isChain(nodes: readonly BuildStepNode[]): boolean {
  return nodes.every(({ after }, index) => index === 0 || after.includes(nodes[index - 1]?.id ?? ''));
}

function isLikeBuild({ work: main }: BuildNode, work: GitHubWork | undefined): boolean {
  if (work?.type !== 'commands' || main.role !== 'main' || needsCredentials(work)) return false;
  const { image } = main.build;
  return work.image === (typeof image === 'object' ? image.name : image);
}
