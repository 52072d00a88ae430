/** Shows what `cdkpipe plan` found out, to people and to scripts. */
import type { PlanReport } from '@cdkpipe/core/host';
import type { Outline } from '../outline/outline.ts';
import { outlinePlan } from '../outline/outline-plan.ts';
import { print, printLine } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
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

export function planDocument({ file, plan, layout, warnings }: PlanReport): PlanDocument {
  return { file, ...outlinePlan(plan, layout), errors: [], warnings: warnings.map(problemDocument) };
}

export function showPlan({ plan, layout, warnings }: PlanReport): void {
  print(process.stderr, warningsView(warnings, paintFor(process.stderr)));
  const outline = outlinePlan(plan, layout);
  printLine(process.stdout, printable``);
  print(process.stdout, planTree(outline, process.stdout.columns ?? 100, paintFor(process.stdout)));
}
