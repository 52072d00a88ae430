/** The door of @cdkpipe/plugin-codebuild-approval. */
import { definePlugin } from '@cdkpipe/core';
import { codebuildOnCodePipeline } from './codepipeline-renderer.ts';
import { codebuildKind } from './kind.ts';
import { codebuildOnThisMachine } from './local-renderer.ts';

export default definePlugin({
  name: '@cdkpipe/plugin-codebuild-approval',
  api: 1,
  kinds: [codebuildKind],
  renderers: [codebuildOnCodePipeline, codebuildOnThisMachine],
});

/** They are of `@cdkpipe/core`; here for definitions that import them from this package. */
export { type ParameterValue, parameter, type SecretValue, secret } from '@cdkpipe/core';
export { codebuild } from './kind.ts';
export type { CodeBuildInput, CodeBuildOptions } from './options.ts';
