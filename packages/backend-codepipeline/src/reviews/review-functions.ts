/** The functions behind reviews: one reads change sets, the other may pass approvals; neither may do both. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FunctionReference } from '../contract/function-spec.ts';
import type { Grant } from '../contract/grant.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { drawFunction } from '../functions/draw-function.ts';
import type { Files } from '../functions/stage-files.ts';
import { type Passes, passesFile, type Reviews, reviewsFile } from './function/contract.ts';

export interface ReviewFunction {
  readonly id: 'ChangeReview' | 'ChangePass';
  readonly handler: 'review' | 'pass';
  readonly description: string;
  readonly code: Files;
  readonly grants: readonly Grant[];
}

/** Built with this package: one file that needs nothing but the SDK of Lambda's runtime. And what there is to review. */
export function reviewCode(reviews: Reviews, passes: Passes): Files {
  const manifest = createRequire(import.meta.url).resolve('@cdkpipe/backend-codepipeline/package.json');
  const code = readFileSync(join(dirname(manifest), 'dist', 'change-review', 'index.mjs'));
  return { 'index.mjs': code, [reviewsFile]: JSON.stringify(reviews), [passesFile]: JSON.stringify(passes) };
}

export function drawReviewFunction(drawing: Drawing, { id, ...spec }: ReviewFunction): FunctionReference {
  return drawFunction(drawing.cdk, drawing.scopeOf(id, drawing.home), {
    ...spec,
    purpose: spec.description,
    timeout: 5,
    memory: 512,
    answersJobs: true,
  });
}
