/** Puts a bundle into the cloud assembly as a file asset, once per app and handler. */

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type CdkLibrary, unreachable } from '@cdkpipe/core';
import type * as cdkLib from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Where CloudFormation finds the code. */
export interface StagedCode {
  readonly s3Bucket: string;
  readonly s3Key: string;
}

const bundles = new WeakMap<IConstruct, Map<string, Promise<Uint8Array>>>();

/** The bundle under `key`, made only once in the app that `scope` belongs to. */
export function bundleOnce(scope: IConstruct, key: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const known = bundles.get(scope.node.root) ?? new Map<string, Promise<Uint8Array>>();
  bundles.set(scope.node.root, known);
  const bundle = known.get(key) ?? make();
  known.set(key, bundle);
  return bundle;
}

export async function stageBundle(scope: IConstruct, bundle: Uint8Array, cdk: CdkLibrary): Promise<StagedCode> {
  const { FileAssetPackaging, Stack, Stage } = cdk.require('aws-cdk-lib') as typeof cdkLib;
  const stage = Stage.of(scope) ?? unreachable('a step outside of any stage');
  const hash = createHash('sha256').update(bundle).digest('hex');
  const directory = join(stage.assetOutdir, `asset.${hash}`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'index.mjs'), bundle);
  const location = Stack.of(scope).synthesizer.addFileAsset({
    sourceHash: hash,
    fileName: relative(stage.outdir, directory),
    packaging: FileAssetPackaging.ZIP_DIRECTORY,
  });
  return { s3Bucket: location.bucketName, s3Key: location.objectKey };
}
