/** Says why an action is there, by its type. */
import { isGate, type Plan, unreachable } from '@cdkpipe/core';
import type { OutlinedAction } from '../outline/outline.ts';

/** One or two sentences. */
export function whyOf(action: OutlinedAction, plan: Plan): string {
  const node = plan.nodes.find(({ id }) => id === action.id);
  if (node === undefined) return whyOfAddition(action);
  switch (node.type) {
    case 'source':
      return node.directory === undefined
        ? 'A pipeline has one source that is built; a change of it starts a run.'
        : `An additional source: the build finds it in ${node.directory}.`;
    case 'build':
      return node.work.role === 'main'
        ? `The one build makes the cloud assembly ${node.work.build.output}, from which everything later is deployed.`
        : 'A step of the build stage; its wave of deployments does not begin before it has succeeded.';
    case 'update':
      return 'Updates the pipeline to the definition that was just built, before anything is deployed.';
    case 'publish':
      return `Uploads ${node.assets.length} asset${node.assets.length === 1 ? '' : 's'} that stacks of the wave need there.`;
    case 'prepare':
      return `Creates the change set of the stack, and changes nothing: ${seenBy(node.deployment, node.stack, plan)}`;
    case 'execute':
      return node.changeSet
        ? 'Executes the change set that was prepared for the stack.'
        : 'Creates or updates the stack directly: its deployment prepares no change sets.';
    case 'review':
      return `A gate: sees the change sets of ${node.stacks.join(', ')} before they execute.`;
    case 'approve':
      return node.deployment === undefined
        ? 'A gate: nothing of the wave is prepared or executed before it has passed.'
        : 'A gate of the approval workflow: the next wave does not begin before it has passed.';
    default:
      return unreachable(`a node of type ${(node satisfies never as { type: string }).type}`);
  }
}

function seenBy(deployment: string, stack: string, { nodes }: Plan): string {
  const reviews = nodes.filter(
    (node) => isGate(node) && node.type === 'review' && node.deployment === deployment && node.stacks.includes(stack),
  );
  return reviews.length === 0
    ? 'nothing reviews it; all change sets are made before the first one executes.'
    : `${reviews.map(({ id }) => id).join(', ')} review${reviews.length === 1 ? 's' : ''} it.`;
}

/** What a backend adds says its purpose by its type. */
function whyOfAddition({ type, stacks = [] }: OutlinedAction): string {
  const sets = `the change sets of ${stacks.join(', ')}`;
  if (type === 'report') return `Added by the backend: reports what ${sets} would do, for the review behind it.`;
  if (type === 'verify')
    return `Added by the backend: refuses to continue if ${sets} are not those that were reviewed.`;
  return 'Added by the backend, which needs it to keep what the plan promises.';
}
