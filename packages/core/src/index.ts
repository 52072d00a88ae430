/** The door of @cdkpipe/core: everything that authors, plugins, backends and the cli may use. */
export { givenContextVariables } from './assembly/given-context.ts';
export type { StackTemplate } from './assembly/values/template.ts';
export { makesValue } from './assembly/values/value-flows.ts';
export type { Artifact, ComparedContent, Emitted, EmittedContent } from './contracts/artifact.ts';
export type {
  AssembledDeployment,
  AssembledStack,
  Assembly,
  StackAsset,
  TakenValue,
  ValueKind,
} from './contracts/assembly.ts';
export {
  type Backend,
  type CdkLibrary,
  defineBackend,
  findFirstStack,
  type Inspection,
  type NextStep,
  type RenderContext,
  type TemplateSlice,
} from './contracts/backend.ts';
export {
  type BackendCapabilities,
  everyPosition,
  everyReference,
  everySource,
  type SettingSupport,
  type SourceSupport,
} from './contracts/capabilities.ts';
export { type Definition, type DefinitionExport, defineConfig, type PluginEntry } from './contracts/define-config.ts';
export type { EmittedNode, EmittedRole, EmittedStatement } from './contracts/emitted-node.ts';
export {
  type EmitEvent,
  type HookHandler,
  type HookInputs,
  type HookName,
  type HookResults,
  type Hooks,
  type HookTap,
  hookNames,
  type RenderEvent,
  type RunHookName,
} from './contracts/hooks.ts';
export {
  defineKind,
  type Kind,
  type KindExample,
  type LowerContext,
  type RunIn,
  stepHelper,
} from './contracts/kind.ts';
export { describeKind, type KindPage } from './contracts/kind-page.ts';
export { type OptionSchema, optionSchemaOf } from './contracts/option-schema.ts';
export type { ActionChange, GateChange, PipelineComparison, StageChange } from './contracts/pipeline-comparison.ts';
export {
  type ConfiguredParts,
  definePlugin,
  type Plugin,
  type PluginDeclaration,
  type PluginExample,
} from './contracts/plugin.ts';
export {
  checkAgainstManifest,
  manifestKey,
  manifestKeyword,
  manifestOf,
  type PackageDescription,
  type PluginManifest,
  readPluginManifest,
} from './contracts/plugin-manifest.ts';
export { pluginApi, protocolOf, protocolText, type SpokenProtocols, speaksProtocol } from './contracts/protocol.ts';
export { defineRenderer, type Renderer, type StepOf } from './contracts/renderer.ts';
export {
  defineRule,
  type Rule,
  type RuleContext,
  type RuleExample,
  type RuleExampleDeployment,
  type RuleFinding,
  type RuleReads,
  type RuleSource,
  type RuleSubjects,
} from './contracts/rule.ts';
export { describeRule, type RulePage } from './contracts/rule-page.ts';
export type {
  ActionEndEvent,
  ActionStartEvent,
  HookedAnswer,
  HookedQuestion,
  HookedRun,
  RunEndEvent,
  RunStartEvent,
} from './contracts/run-events.ts';
export { stackQuotas } from './contracts/stack-quotas.ts';
export { type BuildDefinition, build } from './definition/build.ts';
export type {
  BackendOptions,
  DefinitionBody,
  RehearsalDefinition,
  UpdateDefinition,
  VariableDefinition,
} from './definition/definition.ts';
export {
  type DeploymentDefinition,
  type DeploymentStacks,
  type DeployOptions,
  deploy,
  type StackBuilder,
  type WaveDefinition,
  type WaveOptions,
  wave,
} from './definition/deployment.ts';
export { type ParameterValue, parameter, type SecretValue, secret } from './definition/looked-up-values.ts';
export { output } from './definition/output.ts';
export { exported, variable } from './definition/references.ts';
export type { Acknowledgements, RuleLevel, RuleSetting, RuleSettings } from './definition/rules.ts';
export { type SourceDefinition, source } from './definition/source.ts';
export { type StageClass, type StageClassOptions, stageClass } from './definition/stage-class.ts';
export { type ParallelDefinition, parallel, type StepDefinition, type StepWorkflow } from './definition/step.ts';
export {
  CdkpipeError,
  type ErrorSource,
  internalFault,
  isCdkpipeError,
  pluginFailed,
  refused,
  refuseIfAny,
  unreachable,
} from './errors/cdkpipe-error.ts';
export { describeThrown } from './errors/describe-thrown.ts';
export { findNearMisses, suggest } from './errors/near-misses.ts';
export { docsOf, docsPage, type Problem } from './errors/problem.ts';
export { clearedProblem, withoutCredentials } from './errors/without-credentials.ts';
export { stateDirectory } from './files/state-directory.ts';
export { findLockedIntegrity } from './host/locked-integrity.ts';
export type { Architecture } from './model/architecture.ts';
export type {
  Build,
  BuildCache,
  BuildFileSystem,
  BuildImage,
  BuildLogging,
  BuildVpc,
  ComputeType,
  PolicyStatement,
} from './model/build.ts';
export { type BuildSetting, buildSettings } from './model/build-settings.ts';
export type { BuildPhase, BuildPhaseName, BuildReport, PartialBuildSpec } from './model/build-spec.ts';
export { deepFreeze } from './model/deep-freeze.ts';
export { type Environment, environmentName, isAccount, isRegion, isSameEnvironment } from './model/environment.ts';
export { gatesOf } from './model/gates.ts';
export { isName } from './model/names.ts';
export { isOutputReference, type OutputReference } from './model/output-reference.ts';
export {
  type Deployment,
  deploymentsOf,
  type Pipeline,
  type PrepareMode,
  type Rehearsal,
  type Wave,
} from './model/pipeline.ts';
export type { PipelineVariable } from './model/pipeline-variable.ts';
export type {
  AdditionalSource,
  CodeCommitSource,
  ConnectionSource,
  EcrSource,
  GitHubSource,
  Patterns,
  PullRequestFilter,
  PushFilter,
  S3Source,
  Source,
  SourceTriggers,
} from './model/source.ts';
export { type SourceAttribute, sourceAttributes } from './model/source-attributes.ts';
export type { Step, StepPosition } from './model/step.ts';
export {
  type ExportedReference,
  findOutputReferences,
  findReferences,
  isValueReference,
  type PlacedValue,
  type ReferenceKind,
  referenceText,
  type SourceReference,
  type ValueReference,
  type VariableReference,
} from './model/value-reference.ts';
export { isEmptyWorkflow, stepsOf, type Workflow } from './model/workflow.ts';
export { essentialEdges } from './picture/essential-edges.ts';
export type {
  Box,
  EdgeEnd,
  GraphNode,
  Picture,
  PictureOptions,
  PlacedEdge,
  PlacedGroup,
  PlacedLane,
  PlacedNode,
  Point,
} from './picture/picture.ts';
export { placeGraph } from './picture/place-graph.ts';
export { type Exporter, findExporter } from './plan/exporters.ts';
export { followersIn, precursorsIn, settledBefore } from './plan/graph.ts';
export { readHeldBack } from './plan/guards.ts';
export { type LaidAddition, type LaidStage, type Layout, layOutByRank } from './plan/layout.ts';
export {
  type ApproveNode,
  type BuildNode,
  type ExecuteNode,
  findStep,
  isGate,
  type PlanNode,
  type PrepareNode,
  type PublishedAsset,
  type PublishNode,
  type ReviewNode,
  type SourceNode,
  type UpdateNode,
} from './plan/node.ts';
export { groupNames, nodesOf, type Plan, type PlanGroup, type PlanNote } from './plan/plan.ts';
export { rankNodes } from './plan/ranks.ts';
export { type JudgedPolicy, judgePolicy } from './planner/wide-statements.ts';
export { isInsideWorkspace, overlaps } from './shape/workspace-directories.ts';
