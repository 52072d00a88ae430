/** Says what `cdkpipe action` is about to do, and what it did. */
import { environmentName, type Plan } from '@cdkpipe/core';
import { sayChanges } from '@cdkpipe/deployer-cloudformation';
import type { CarriedOut, DeployedNode } from '../carry-out/carry-out-node.ts';
import { gatesBefore } from '../carry-out/gates-before.ts';
import { printLine } from '../terminal/print.ts';
import { joinLines, logText, type Printable } from '../terminal/printable.ts';

export function actionNotice(plan: Plan, node: DeployedNode): Printable {
  return joinLines([
    `carrying out ${node.id} in ${environmentName(node.env)} for real, alone`,
    ...unasked(gatesBefore(plan, node.id)),
  ]);
}

export function carriedOutView({ node, mode, gates, summary, prepared }: CarriedOut): Printable {
  const what = prepared === undefined ? summary : sayChanges(prepared.changes);
  return joinLines([`${node}${mode === 'rehearsal' ? ', rehearsed' : ''}: ${what ?? 'done'}`, ...unasked(gates), '']);
}

function unasked(gates: readonly string[]): string[] {
  return gates.length === 0 ? [] : [`  not asked: ${gates.map((gate) => `◆ ${gate}`).join(', ')}`];
}

/** What the deployer tells while it works; stdout has the result alone. */
export function logLine(text: string): void {
  printLine(process.stderr, logText(text.replace(/\n$/, '')));
}

/** Ends early, with what the signal is aborted for. */
export function sleepUntil(signal: AbortSignal): (milliseconds: number) => Promise<void> {
  return async (milliseconds) => {
    const { setTimeout: sleep } = await import('node:timers/promises');
    await sleep(milliseconds, undefined, { signal });
  };
}
