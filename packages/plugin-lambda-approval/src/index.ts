/** The door of @cdkpipe/plugin-lambda-approval. */
import { definePlugin } from '@cdkpipe/core';
import { lambdaOnCodePipeline } from './codepipeline-renderer.ts';
import { lambdaKind } from './kind.ts';
import { lambdaOnThisMachine } from './local-renderer.ts';

export default definePlugin({
  name: '@cdkpipe/plugin-lambda-approval',
  api: 1,
  kinds: [lambdaKind],
  renderers: [lambdaOnCodePipeline, lambdaOnThisMachine],
});

export { type LambdaStepOptions, lambda } from './kind.ts';
export type { LambdaInput, LambdaOptions } from './options.ts';
export type { Payload } from './payload.ts';
export type { CheckContext } from './runtime/answer-job.ts';
