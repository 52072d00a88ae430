/** The door of @cdkpipe/cli: what the `--json` documents of its commands hold. */
export type { Outline, OutlinedAction, OutlinedStage, OutlineTotals } from './outline/outline.ts';
export type { AnswerDocument } from './views/answer-report.ts';
export type { DiffDocument } from './views/diff-report.ts';
export type { DoctorDocument } from './views/doctor-report.ts';
export type { ExplainedErrorDocument, ExplainedNodeDocument } from './views/explain-report.ts';
export type { PlanDocument } from './views/plan-report.ts';
export type {
  PluginChangeDocument,
  PluginDocument,
  PluginListDocument,
  PluginRemovalDocument,
} from './views/plugin-report.ts';
export type { ProblemDocument } from './views/problem-document.ts';
export type { RunDocument } from './views/run-report.ts';
export type { RunEntryDocument, RunsDocument } from './views/runs-report.ts';
export type { SynthDocument } from './views/synth-report.ts';
