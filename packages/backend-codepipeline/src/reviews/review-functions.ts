/** The functions behind reviews: one reads change sets, the other may pass approvals; neither may do both. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Grant } from '../contract.ts';
import { drawRole } from '../iam/role.ts';
import { statementsOf } from '../iam/statements.ts';
import type { Drawing } from '../render/drawing.ts';
import { type Reviews, reviewsFile } from './function/contract.ts';

/** Where CloudFormation finds the code. */
export interface StagedCode {
  readonly s3Bucket: string;
  readonly s3Key: string;
}

export interface ReviewFunction {
  readonly id: 'ChangeReview' | 'ChangePass';
  readonly handler: 'review' | 'pass';
  readonly description: string;
  readonly code: StagedCode;
  readonly grants: readonly Grant[];
}

/** Built with this package: one file that needs nothing but the SDK of Lambda's runtime. */
function readCode(): Buffer {
  const manifest = createRequire(import.meta.url).resolve('@cdkpipe/backend-codepipeline/package.json');
  return readFileSync(join(dirname(manifest), 'dist', 'change-review', 'index.mjs'));
}

/** Puts the code, and beside it what there is to review, into the cloud assembly as an asset of the pipeline's stack. */
export function stageCode({ cdk, stack }: Drawing, reviews: Reviews): StagedCode {
  const files = { 'index.mjs': readCode(), [reviewsFile]: JSON.stringify(reviews) };
  const hash = createHash('sha256');
  for (const [name, content] of Object.entries(files)) hash.update(`${name}\0${content.length}\0`).update(content);
  const sourceHash = hash.digest('hex');
  const stage = cdk.core.Stage.of(stack) ?? cdk.core.App.of(stack);
  const outdir = stage instanceof cdk.core.Stage ? stage.outdir : '.';
  const directory = join(outdir, `asset.${sourceHash}`);
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  const { bucketName, objectKey } = stack.synthesizer.addFileAsset({
    sourceHash,
    fileName: relative(outdir, directory),
    packaging: cdk.core.FileAssetPackaging.ZIP_DIRECTORY,
  });
  return { s3Bucket: bucketName, s3Key: objectKey };
}

export function drawReviewFunction(drawing: Drawing, spec: ReviewFunction): CfnFunction {
  const { cdk, home } = drawing;
  const scope = drawing.scopeOf(spec.id, home);
  const logs = new cdk.logs.CfnLogGroup(scope, 'Logs', { retentionInDays: 90 });
  const grants: Grant[] = [
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logs.attrArn],
      reason: 'write its own log',
    },
    {
      actions: ['codepipeline:PutJobFailureResult', 'codepipeline:PutJobSuccessResult'],
      resources: ['*'],
      reason: 'answer its jobs',
      wildcard: 'CodePipeline takes these actions for no narrower resource',
    },
    ...spec.grants,
  ];
  const role = drawRole(cdk, scope, 'Role', {
    service: 'lambda.amazonaws.com',
    account: home.account,
    description: spec.description,
    statements: statementsOf(grants),
  });
  const drawn = new cdk.lambda.CfnFunction(scope, 'Function', {
    code: { ...spec.code },
    handler: `index.${spec.handler}`,
    runtime: 'nodejs24.x',
    role: role.attrArn,
    description: spec.description,
    timeout: 300,
    memorySize: 512,
    loggingConfig: { logGroup: logs.ref },
  });
  // CodePipeline calls asynchronously; a job that crashed has been answered for or times out, and is not run again.
  new cdk.lambda.CfnEventInvokeConfig(scope, 'OnlyOnce', {
    functionName: drawn.ref,
    qualifier: '$LATEST',
    maximumRetryAttempts: 0,
  });
  return drawn;
}
