/** The door of @cdkpipe/backend-codepipeline: the plugin, and the words its renderers use. */
import { definePlugin } from '@cdkpipe/core';
import { codepipeline } from './backend.ts';

export { codepipeline } from './backend.ts';
export type { ActionDeclaration, ActionPlace } from './contract/action-declaration.ts';
export type { CodeBuildSpec, SecretReference, StepOutput } from './contract/code-build-spec.ts';
export type { CodePipelineContext, ReadsInputs, ServiceRoleOptions } from './contract/context.ts';
export type { FunctionReference, FunctionSpec } from './contract/function-spec.ts';
export type { Grant } from './contract/grant.ts';
export type { ReviewConcern, ReviewedChanges } from './contract/reviewed-changes.ts';
export type { Told, ToldPeople } from './contract/told-people.ts';
export { pipelineStackName } from './names/names.ts';
export type {
  CodePipelineOptions,
  CodePipelineOptionsInput,
  Customize,
  MakePipeline,
  PlannedPipeline,
  Rendered,
} from './options/options.ts';

export default definePlugin({ name: '@cdkpipe/backend-codepipeline', api: 1, backends: [codepipeline] });
