/** Says of one node of a plan what it does, where, and for whom. */
import {
  type Environment,
  findStep,
  isGate,
  type LaidAddition,
  type Pipeline,
  type PlanNode,
  type PublishNode,
  unreachable,
} from '@cdkpipe/core';
import type { OutlinedAction } from './outline.ts';
import { sourceName } from './source-name.ts';

type Standing = Pick<OutlinedAction, 'runOrder' | 'after' | 'heldUpBy'>;

export function outlineAction(node: PlanNode, standing: Standing, pipeline: Pipeline): OutlinedAction {
  const { id, name, type, path, contributedBy } = node;
  const step = findStep(node);
  const environment = environmentOf(node, pipeline);
  return {
    id,
    name,
    type,
    ...standing,
    subject: subjectOf(node),
    ...(environment && { environment }),
    ...('deployment' in node && node.deployment !== undefined && { deployment: node.deployment }),
    ...('stack' in node && { stack: node.stack }),
    ...('stacks' in node && { stacks: node.stacks }),
    ...(step && { kind: step.kind }),
    ...(isGate(node) && { gate: node.gate }),
    ...(contributedBy !== undefined && { contributedBy }),
    path,
  };
}

/** What a backend adds has no place of its own to speak of. */
export function outlineAddition(addition: LaidAddition, standing: Standing): OutlinedAction {
  const { rank, before, ...said } = addition;
  return { ...said, ...standing };
}

function subjectOf(node: PlanNode): string {
  switch (node.type) {
    case 'source':
      return node.directory === undefined
        ? sourceName(node.source)
        : `${node.directory} from ${sourceName(node.source)}`;
    case 'build':
      return node.work.role === 'main' ? `makes ${node.work.build.output}` : node.work.step.name;
    case 'update':
      return 'the pipeline itself';
    case 'publish':
      return publishedKinds(node);
    case 'prepare':
    case 'execute':
      return `${node.deployment}/${node.stack}`;
    case 'review':
    case 'approve':
      return node.id;
    default:
      return unreachable(`a node of type ${(node satisfies never as PlanNode).type}`);
  }
}

function publishedKinds({ assets }: PublishNode): string {
  const kinds = ['file', 'image'].filter((kind) => assets.some(({ type }) => type === kind));
  return `${kinds.join(' and ')} asset${assets.length === 1 ? '' : 's'}`;
}

function environmentOf(node: PlanNode, pipeline: Pipeline): Environment | undefined {
  switch (node.type) {
    case 'publish':
    case 'prepare':
    case 'execute':
      return node.env;
    case 'review':
    case 'approve':
      return node.step.runIn;
    case 'build':
      return findStep(node)?.runIn ?? pipeline.env;
    default:
      return pipeline.env;
  }
}
