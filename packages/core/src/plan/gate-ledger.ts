/** The gate ledger: what was declared, planned and emitted must be the same. */

import { gateLost, gateOccurrenceLost } from '../errors/catalogue/planning.ts';
import type { Problem } from '../errors/problem.ts';
import { gatesOf } from '../model/gates.ts';
import type { Pipeline } from '../model/pipeline.ts';
import { isGate } from './node.ts';
import type { Plan } from './plan.ts';

/** Each declared gate with the IDs of the plan's nodes that stand for it. */
export type GateLedger = ReadonlyMap<string, readonly string[]>;

/** Reads the ledger of a plan; declared gates that no node stands for have an empty list. */
export function readGateLedger(pipeline: Pipeline, plan: Plan): GateLedger {
  const ledger = new Map<string, string[]>(gatesOf(pipeline).map((gate) => [gate.id, []]));
  for (const node of plan.nodes) {
    if (isGate(node)) ledger.set(node.gate, [...(ledger.get(node.gate) ?? []), node.id]);
  }
  return ledger;
}

/** Declared gates that the plan lost. */
export function checkPlannedGates(ledger: GateLedger): Problem[] {
  return [...ledger].filter(([, nodes]) => nodes.length === 0).map(([gate]) => gateLost(gate, 'plan'));
}

/** Planned gates that what was emitted lost. `emitted` holds the IDs of the nodes found by reading the output. */
export function checkEmittedGates(ledger: GateLedger, emitted: readonly string[]): Problem[] {
  const found = new Set(emitted);
  return [...ledger].flatMap(([gate, nodes]) =>
    nodes.filter((node) => !found.has(node)).map((node) => gateOccurrenceLost(gate, node)),
  );
}
