/** Shows what `cdkpipe plan` found out, to people and to scripts. */
import { deploymentsOf, environmentName } from '@cdkpipe/core';
import type { PlanReport } from '@cdkpipe/core/host';
import type { WrittenGraph } from '../graph-file/write-graph.ts';
import type { Outline } from '../outline/outline.ts';
import { type PlanWish, shownOutline } from '../outline/shown-outline.ts';
import { print, printLine } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
import { paintFor } from './paint.ts';
import { planSummary } from './plan-summary.ts';
import { planTree } from './plan-tree.ts';
import { type ProblemDocument, problemDocument } from './problem-document.ts';
import { warningsView } from './problems.ts';

/** What `cdkpipe plan --json` prints. */
export interface PlanDocument extends Outline {
  /** The definition's file. */
  readonly file: string;
  readonly errors: readonly ProblemDocument[];
  readonly warnings: readonly ProblemDocument[];
  /** The file of `--graph`. */
  readonly graph?: WrittenGraph;
}

export function planDocument(report: PlanReport, wish: PlanWish, graph?: WrittenGraph): PlanDocument {
  const { file, warnings } = report;
  return {
    file,
    ...shownOutline(report, wish),
    errors: [],
    warnings: warnings.map(problemDocument),
    ...(graph && { graph }),
  };
}

/** @param graph the file that was written instead of a tree */
export function showPlan(report: PlanReport, wish: PlanWish, graph?: WrittenGraph): void {
  print(process.stderr, warningsView(report.warnings, paintFor(process.stderr)));
  if (graph !== undefined) {
    printLine(process.stdout, printable`${graph.file}`);
    if (graph.summarized && !wish.summary)
      printLine(
        process.stderr,
        printable`more than 150 actions: each deployment is one box; --stage or --deployment shows its actions`,
      );
    return;
  }
  const outline = shownOutline(report, wish);
  const paint = paintFor(process.stdout);
  const environments = new Map(
    deploymentsOf(report.plan.pipeline).map(({ name, env }) => [name, environmentName(env)]),
  );
  printLine(process.stdout, printable``);
  print(
    process.stdout,
    wish.summary ? planSummary(outline, environments, paint) : planTree(outline, process.stdout.columns ?? 100, paint),
  );
}
