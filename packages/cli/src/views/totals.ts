/** Says in three lines how large a pipeline is, which is what it costs. */
import { counted } from '../outline/counted.ts';
import type { OutlineTotals } from '../outline/outline.ts';
import type { Paint } from './paint.ts';

export function totalsLines(totals: OutlineTotals, paint: Paint): string[] {
  const {
    deployments,
    stacks,
    environments,
    stepEnvironments,
    stages,
    actions,
    longestChain,
    heldUp,
    gates,
    publishers,
  } = totals;
  return [
    `${counted(deployments, 'deployment')} of ${counted(stacks, 'stack')} to ${counted(environments, 'environment')}${
      stepEnvironments === 0 ? '' : `; steps act in ${stepEnvironments} more`
    }`,
    `each run: ${counted(actions, 'action')} in ${counted(stages, 'stage')}, ${paint(
      'yellow',
      `◆ ${counted(gates, 'gate')}`,
    )}, ${counted(publishers, 'publisher')}`,
    `longest chain: ${counted(longestChain, 'action')}${
      heldUp === 0 ? '' : `; run orders alone hold up ${counted(heldUp, 'action')}`
    }`,
  ];
}
