/** Shows what `cdkpipe plan` found out, to people and to scripts. */
import type { PlanReport } from '@cdkpipe/core/host';
import type { Outline } from '../outline/outline.ts';
import { outlinePlan } from '../outline/outline-plan.ts';
import { paintFor } from './paint.ts';
import { planTree } from './plan-tree.ts';
import { type ProblemDocument, problemDocument } from './problem-document.ts';
import { warningsView } from './problems.ts';

/** What `cdkpipe plan --json` prints. */
export interface PlanDocument extends Outline {
  /** The definition's file. */
  readonly file: string;
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
}

export function planDocument({ file, plan, warnings }: PlanReport): PlanDocument {
  return { file, ...outlinePlan(plan), errors: [], warnings: warnings.map(problemDocument) };
}

export function showPlan({ plan, warnings }: PlanReport): void {
  process.stderr.write(warningsView(warnings, paintFor(process.stderr)));
  process.stdout.write(`\n${planTree(outlinePlan(plan), process.stdout.columns ?? 100, paintFor(process.stdout))}`);
}
