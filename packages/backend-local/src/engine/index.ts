/** The door for programs that run pipelines, such as the cli; plugins and definitions have no need of it. */
export type { JournalRecord } from '../journal/record.ts';
export type * from '../journal/run-event.ts';
export { isInsideStep } from '../process/inside-step.ts';
export {
  type RollbackPreview,
  type RollbackReport,
  type RollbackRequest,
  rollBackRun,
} from '../rollback/roll-back-run.ts';
export { rollbackId } from '../rollback/rollback-id.ts';
export { type RollbackState, type StackRollback, sayRollback } from '../rollback/rollback-state.ts';
export { hasDatabase } from '../store/database.ts';
export { type Holder, openRunStore, openRunStoreToRead, type RunEntry, type RunStore } from '../store/run-store.ts';
export { logFile, runPaths } from '../work/paths.ts';
export { type Answer, type AnswerReceipt, answerQuestion } from './answering.ts';
export { type Clock, systemClock } from './clock.ts';
export type { Course, Work, WorkEnd } from './course.ts';
export { runEngine } from './engine.ts';
export type { EngineEnd, EngineInput, Terminal } from './engine-input.ts';
export {
  type PreparedAnswer,
  type RunNews,
  type RunReport,
  type RunRequest,
  runPipeline,
  storeDirectory,
} from './run-pipeline.ts';
export { emptyRun, foldRecords, type NodeState, type RunState } from './run-state.ts';
export { findReady, letsOthersStart, type Standing, standingOf, stopsTheRun } from './schedule.ts';
