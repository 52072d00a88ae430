/** The door for programs that run pipelines, such as the cli; plugins and definitions have no need of it. */

export { type Clock, systemClock } from './contract/clock.ts';
export { type Answer, type AnswerReceipt, answerQuestion } from './engine/answering.ts';
export { runEngine } from './engine/engine.ts';
export type { EngineEnd, EngineInput, Terminal } from './engine/engine-input.ts';
export type { JournalRecord } from './journal/record.ts';
export type * from './journal/run-event.ts';
export { isInsideStep } from './process/inside-step.ts';
export { type PrunedRun, type PruneReport, type PruneRequest, pruneRuns } from './prune/prune-runs.ts';
export {
  type RollbackPreview,
  type RollbackReport,
  type RollbackRequest,
  rollBackRun,
} from './runs/roll-back-run.ts';
export {
  type PreparedAnswer,
  type RunNews,
  type RunReport,
  type RunRequest,
  runPipeline,
  storeDirectory,
} from './runs/run-pipeline.ts';
export type { Course, Work, WorkEnd } from './state/course.ts';
export { rollbackId } from './state/rollback-id.ts';
export { type RollbackState, type StackRollback, sayRollback } from './state/rollback-state.ts';
export { emptyRun, foldRecords, type NodeState, type RunState } from './state/run-state.ts';
export { openQuestions, type RunStatus, statusOf } from './state/run-status.ts';
export { findReady, letsOthersStart, type Standing, standingOf, stopsTheRun } from './state/schedule.ts';
export { hasDatabase } from './store/database.ts';
export { resolveRun } from './store/resolve-run.ts';
export { type Holder, openRunStore, openRunStoreToRead, type RunEntry, type RunStore } from './store/run-store.ts';
export { logFile, runPaths } from './work/paths.ts';
