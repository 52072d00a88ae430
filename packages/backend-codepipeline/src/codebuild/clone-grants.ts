/** What a build needs to clone a source itself, where the source hands on a reference instead of a ZIP. */
import { type ConnectionSource, type Environment, type Plan, refused, type SourceNode } from '@cdkpipe/core';
import type { Grant } from '../contract.ts';
import { additionalArtifact, sourceArtifact } from '../names/names.ts';
import { cloneAcrossAccounts } from '../problems/environments.ts';
import type { Place } from '../problems/place.ts';

/** Refused in accounts that have no such connection: whether it is shared with them shows nowhere. */
export function cloneGrants(plan: Plan, inputs: readonly string[], env: Environment, place: Place): Grant[] {
  const arns = clonedSources(plan, inputs).map(({ connectionArn }) => connectionArn);
  const foreign = arns.filter((arn) => ![plan.pipeline.env.account, arn.split(':')[4]].includes(env.account));
  if (foreign.length > 0) throw refused(foreign.map((arn) => cloneAcrossAccounts(arn, env, place)));
  return arns.map((arn) => useConnection(arn, 'clone the source'));
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
