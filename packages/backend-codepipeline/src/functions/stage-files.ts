/** Puts files into the cloud assembly as an asset of the stack that needs them. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { unreachable } from '@cdkpipe/core';
import type { Construct } from 'constructs';
import type { CdkModules } from '../aws/modules.ts';
import type { FunctionSpec } from '../contract/function-spec.ts';

/** Files by name, all in one directory. */
export type Files = Exclude<FunctionSpec['code'], string>;

/** Where CloudFormation finds them. */
export interface StagedFiles {
  readonly s3Bucket: string;
  readonly s3Key: string;
}

export function stageFiles({ core }: CdkModules, scope: Construct, files: Files): StagedFiles {
  const { assetOutdir, outdir } = core.Stage.of(scope) ?? unreachable('a step outside of any stage');
  const sourceHash = hashOf(files);
  const directory = join(assetOutdir, `asset.${sourceHash}`);
  // The name is the hash of the content, so that what is there is the same.
  if (mkdirSync(directory, { recursive: true }) !== undefined) {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  }
  const { bucketName, objectKey } = core.Stack.of(scope).synthesizer.addFileAsset({
    sourceHash,
    fileName: relative(outdir, directory),
    packaging: core.FileAssetPackaging.ZIP_DIRECTORY,
  });
  return { s3Bucket: bucketName, s3Key: objectKey };
}

function hashOf(files: Files): string {
  const hash = createHash('sha256');
  for (const [name, content] of Object.entries(files)) {
    hash.update(`${name}\0${Buffer.byteLength(content)}\0`).update(content);
  }
  return hash.digest('hex');
}
