/** Plans made by hand, of nodes and edges only. */
import type { Pipeline, Plan, PlanNode, Step } from '@cdkpipe/core';
import type { Retry } from '../journal/run-event.ts';

export interface NodeSketch {
  readonly id: string;
  readonly group?: string;
  /** `D` for stacks when absent. */
  readonly deployment?: string;
  readonly after?: readonly string[];
  readonly kind?: 'task' | 'question';
  readonly retry?: Retry;
  readonly end?: 'fail';
}

// The engine asks a plan for nodes and groups only.
const env = { account: '111111111111', region: 'eu-west-1' };
const pipeline = { name: 'shop', waves: [] } as unknown as Pipeline;

/** @param waves name and `rollback` of waves and deployments; the engine asks for nothing else of the model */
export function planOf(sketches: readonly NodeSketch[], waves: readonly unknown[] = []): Plan {
  const groups = [...new Set(sketches.map(({ group = 'Wave' }) => group))];
  return {
    pipeline: { ...pipeline, waves: waves as Pipeline['waves'] },
    backend: 'local',
    groups: groups.map((name) => ({ name, type: 'wave', path: '' })),
    nodes: sketches.map((sketch) => nodeOf(sketch)),
    notes: [],
  };
}

function nodeOf({ id, group = 'Wave', after = [], kind, deployment }: NodeSketch): PlanNode {
  const base = { id, name: id, group, after, path: '' };
  if (kind !== 'question')
    return { ...base, type: 'execute', deployment: deployment ?? 'D', stack: id, env, changeSet: false, outputs: [] };
  const step: Step = { id, name: id, kind: 'manual', position: 'approval', options: {}, path: '' };
  return { ...base, type: 'approve', step, gate: id, ...(deployment === undefined ? {} : { deployment }) };
}
