/** How an action of a run stands, as pictures and tables say it. */
import type { NodeState } from '@cdkpipe/backend-local/engine';
import type { DiagramState } from '../diagram/diagram.ts';

export function stateOf(node: NodeState | undefined): DiagramState {
  if (node === undefined) return 'pending';
  return node.outcome ?? (node.phase === 'asking' ? 'waiting' : 'running');
}
