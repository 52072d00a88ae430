/** Writes the graph of a plan into the file that `--graph` names. */
import type { PlanReport } from '@cdkpipe/core/host';
import { diagramPlan } from '../diagram/diagram-plan.ts';
import { summarizeDiagram } from '../diagram/summarize-diagram.ts';
import { type PlanWish, shownOutline } from '../outline/shown-outline.ts';
import { graphText } from './formats.ts';
import type { GraphFile } from './graph-format.ts';
import { writeBeside } from './write-beside.ts';

/** What `cdkpipe plan --json --graph FILE` says of the file. */
export interface WrittenGraph extends GraphFile {
  /** Whether each deployment is one box. */
  readonly summarized: boolean;
}

export function writeGraph(report: PlanReport, { file, format }: GraphFile, wish: PlanWish): WrittenGraph {
  const outline = shownOutline(report, wish);
  const whole = diagramPlan(report.plan, outline);
  const diagram = summarizeDiagram(whole, wish.summary);
  writeBeside('--graph', file, graphText(format, diagram, outline));
  return { file, format, summarized: diagram !== whole };
}
