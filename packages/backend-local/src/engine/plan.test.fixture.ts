/** Plans made by hand, of nodes and edges only. */
import type { Pipeline, Plan, PlanNode, Step } from '@cdkpipe/core';
import type { Retry } from '../journal/run-event.ts';

export interface NodeSketch {
  readonly id: string;
  readonly group?: string;
  readonly after?: readonly string[];
  readonly kind?: 'task' | 'question';
  readonly retry?: Retry;
  readonly end?: 'fail';
}

// The engine asks a plan for nodes and groups only.
const pipeline = { name: 'shop', waves: [] } as unknown as Pipeline;

export function planOf(sketches: readonly NodeSketch[]): Plan {
  const groups = [...new Set(sketches.map(({ group = 'Wave' }) => group))];
  return {
    pipeline,
    backend: 'local',
    groups: groups.map((name) => ({ name, type: 'wave', path: '' })),
    nodes: sketches.map((sketch) => nodeOf(sketch)),
    notes: [],
  };
}

function nodeOf({ id, group = 'Wave', after = [], kind }: NodeSketch): PlanNode {
  const base = { id, name: id, group, after, path: '' };
  if (kind !== 'question')
    return { ...base, type: 'execute', deployment: 'D', stack: id, changeSet: false, outputs: [] };
  const step: Step = { id, name: id, kind: 'manual', position: 'approval', options: {}, path: '' };
  return { ...base, type: 'approve', step, gate: id };
}
