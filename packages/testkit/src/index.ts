/** The door of @cdkpipe/testkit: the checks and what runs them, and what tests of plugins are written with. */
export type { Check, CheckResult, Finding } from './check/check.ts';
export { type CheckReport, checkInChild } from './check-in-child.ts';
export { type CheckOptions, checkPackage } from './check-package.ts';
export { checks } from './checks/checks.ts';
export { type LintOptions, lint } from './harness/lint.ts';
export { type LocalSituation, localContext } from './harness/local-context.ts';
export type { DeploymentSketch, PipelineSketch, WaveSketch } from './harness/pipeline-sketch.ts';
export { modelOf, planOf } from './harness/plan-of.ts';
export type { GivenGrant } from './harness/recorded-context.ts';
export { type RehearsedAction, type RehearsedStep, type RehearseOptions, rehearse } from './harness/rehearse.ts';
export { render } from './harness/render.ts';
export type {
  RenderedAction,
  RenderedOnCodePipeline,
  RenderedOnLocal,
  RenderedResource,
} from './harness/rendered.ts';
export type { StepPlace } from './harness/step-place.ts';
export { type TapCall, type TapOptions, type Tapped, tap } from './harness/tap.ts';
export { type FakedTools, type FakeTools, taskTools } from './harness/task-tools.ts';
