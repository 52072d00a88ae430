/** An artifact store that an author brings: it is used and never changed. */

import type { CdkModules } from '../aws/modules.ts';
import { keyPrefixOf } from '../names/names.ts';
import type { ExistingStore } from '../options/existing.ts';
import { objectPatterns } from './artifact-objects.ts';
import type { ArtifactStore } from './artifact-store.ts';

export function useStore(
  cdk: CdkModules,
  { pipeline, region }: { readonly pipeline: string; readonly region: string },
  { bucket, key }: ExistingStore,
): ArtifactStore {
  const bucketArn = `arn:${cdk.partition}:s3:::${bucket}`;
  return {
    region,
    bucketName: bucket,
    bucketArn,
    ...(key === undefined ? {} : { keyId: key, abroad: { bucketArn, keysArn: key } }),
    keyGrants: (actions, reason) => (key === undefined ? [] : [{ actions, resources: [key], reason }]),
    // It may hold artifacts of other pipelines, too.
    objectsOf: (artifacts) => objectPatterns(bucketArn, keyPrefixOf(pipeline), artifacts),
    objectsAbroad: (artifacts) => objectPatterns(bucketArn, keyPrefixOf(pipeline), artifacts),
    // Who may read and write is up to the policies of bucket and key, which are the author's.
    namesWriters: false,
    addReader: () => {},
    addWriter: () => {},
    finish: () => {},
  };
}
