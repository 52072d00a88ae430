/** Words for what the planner refuses. */
import type { Problem } from '../problem.ts';

export const gateLost = (gate: string, where: string): Problem => ({
  code: 'GATE_LOST',
  message: `the gate "${gate}" was declared and is missing in the ${where}`,
  fix: 'nothing was emitted; report this with the definition that led here',
});

export const gateOccurrenceLost = (gate: string, node: string): Problem => ({
  code: 'GATE_LOST',
  message: `the gate "${gate}" was planned as "${node}" and is missing in what was emitted`,
  node,
  fix: 'nothing was emitted; report this with the definition that led here',
});
