/** The door of @cdkpipe/backend-codepipeline: the plugin, and the words its renderers use. */
import { definePlugin } from '@cdkpipe/core';
import { codepipeline } from './backend.ts';

export { codepipeline } from './backend.ts';
export type {
  ActionDeclaration,
  ActionPlace,
  CodeBuildSpec,
  CodePipelineContext,
  FunctionReference,
  FunctionSpec,
  Grant,
  ReviewConcern,
  ReviewedChanges,
  SecretReference,
  StepOutput,
  Told,
  ToldPeople,
} from './contract.ts';
export { pipelineStackName } from './names/names.ts';
export type {
  CodePipelineOptions,
  CodePipelineOptionsInput,
  Customize,
  MakePipeline,
  PlannedPipeline,
  Rendered,
} from './options.ts';

export default definePlugin({ name: '@cdkpipe/backend-codepipeline', api: 1, backends: [codepipeline] });
