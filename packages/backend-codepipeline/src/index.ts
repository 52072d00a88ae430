/** The door of @cdkpipe/backend-codepipeline. */
export type { ActionDeclaration, CodeBuildSpec, CodePipelineContext, Grant, SecretReference } from './contract.ts';
