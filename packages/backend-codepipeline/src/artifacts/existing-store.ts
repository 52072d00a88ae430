/** An artifact store that an author brings: it is used and never changed. */
import type { ExistingStore } from '../existing.ts';
import type { CdkModules } from '../modules.ts';
import type { ArtifactStore } from './artifact-store.ts';

export function useStore(cdk: CdkModules, region: string, { bucket, key }: ExistingStore): ArtifactStore {
  return {
    region,
    bucketName: bucket,
    bucketArn: `arn:${cdk.partition}:s3:::${bucket}`,
    ...(key === undefined
      ? {}
      : { keyId: key, abroad: { bucketArn: `arn:${cdk.partition}:s3:::${bucket}`, keysArn: key } }),
    keyGrants: (actions, reason) => (key === undefined ? [] : [{ actions, resources: [key], reason }]),
    // Who may read and write is up to the policies of bucket and key, which are the author's.
    namesWriters: false,
    addReader: () => {},
    addWriter: () => {},
    finish: () => {},
  };
}
