/** Patterns for the objects that hold artifacts. */
import { keyPartOf } from '../names/names.ts';

/** Names of artifacts. */
export type Artifacts = readonly string[] | 'all';

/** @param pipeline pattern of the pipeline's part of a key */
export function objectPatterns(bucketArn: string, pipeline: string, artifacts: Artifacts): string[] {
  if (artifacts === 'all') return [`${bucketArn}/*`];
  return [...new Set(artifacts)].sort().map((artifact) => `${bucketArn}/${pipeline}/${keyPartOf(artifact)}/*`);
}
