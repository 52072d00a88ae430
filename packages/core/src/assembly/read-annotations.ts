/** Reads the errors and warnings that constructs of a stack have, by `Annotations` of the construct itself or of an aspect. */
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import * as words from '../errors/catalogue/assembly.ts';
import type { Problem } from '../errors/problem.ts';

/** @param path place of the stack, for problems */
export function readAnnotationErrors(artifact: CloudFormationStackArtifact, path: string): Problem[] {
  return artifact
    .findMetadataByType('aws:cdk:error')
    .map((entry) => words.constructHasErrors(path, constructOf(entry), String(entry.data)));
}

export function readAnnotationWarnings(artifact: CloudFormationStackArtifact, path: string): Problem[] {
  return artifact
    .findMetadataByType('aws:cdk:warning')
    .map((entry) => words.constructWarns(path, constructOf(entry), String(entry.data)));
}

function constructOf({ path }: { readonly path: string }): string {
  return path.replace(/^\//, '');
}
