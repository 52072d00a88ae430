/** What a build needs to clone a source itself, where the source hands on a reference instead of a ZIP. */
import type { ConnectionSource, Plan, SourceNode } from '@cdkpipe/core';
import type { Grant } from '../contract.ts';
import { additionalArtifact, sourceArtifact } from '../names/names.ts';

export function cloneGrants(plan: Plan, inputs: readonly string[]): Grant[] {
  return clonedSources(plan, inputs).map(({ connectionArn }) => useConnection(connectionArn, 'clone the source'));
}

/** The service was renamed; which prefix AWS checks depends on the ARN and on the caller. */
export function useConnection(connectionArn: string, reason: string): Grant {
  return {
    actions: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
    resources: [connectionArn],
    reason,
  };
}

export function artifactOfSource(node: SourceNode): string {
  return node.directory === undefined ? sourceArtifact : additionalArtifact(node.directory);
}

function clonedSources(plan: Plan, inputs: readonly string[]): ConnectionSource[] {
  return plan.nodes.flatMap((node) =>
    node.type === 'source' &&
    node.source.type === 'connection' &&
    node.source.fullClone &&
    inputs.includes(artifactOfSource(node))
      ? [node.source]
      : [],
  );
}
