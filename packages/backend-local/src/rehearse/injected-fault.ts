/** `--fail ProdEu/Api:execute`: makes an action of a rehearsal fail on purpose. */
import { type Plan, refused, suggest } from '@cdkpipe/core';
import * as words from '../problems/problems.ts';
import { rollbackId } from '../state/rollback-id.ts';

/** @throws CdkpipeError naming each fault that no action of the plan could have */
export function checkFaults(plan: Plan, faults: readonly string[]): void {
  const known = plan.nodes.flatMap((node) =>
    node.type === 'execute' ? [node.id, rollbackId(`${node.deployment}/${node.stack}`)] : [node.id],
  );
  const unknown = faults.filter((fault) => !known.includes(fault));
  if (unknown.length > 0) throw refused(unknown.map((fault) => words.faultUnknown(fault, suggest(fault, known))));
}
