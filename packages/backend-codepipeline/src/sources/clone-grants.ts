/** What a build needs to clone a source itself, where the source hands on a reference instead of a ZIP. */
import {
  type CodeCommitSource,
  type ConnectionSource,
  type Environment,
  type Plan,
  refused,
  type SourceNode,
} from '@cdkpipe/core';
import type { Grant } from '../contract/grant.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { additionalArtifact, sourceArtifact } from '../names/names.ts';
import { cloneAcrossAccounts } from '../problems/environments.ts';
import type { Place } from '../problems/place.ts';
import { repositoryArn } from './code-commit.ts';

/** Refused in accounts that have no such connection or repository: whether it is shared with them shows nowhere. */
export function cloneGrants(drawing: Drawing, inputs: readonly string[], env: Environment, place: Place): Grant[] {
  const { cdk, home, plan } = drawing;
  const cloned = clonedSources(plan, inputs).map((source) =>
    source.type === 'connection'
      ? { arn: source.connectionArn, grant: useConnection(source.connectionArn, cloning) }
      : pullRepository(repositoryArn(cdk, home, source)),
  );
  const foreign = cloned.filter(({ arn }) => ![home.account, arn.split(':')[4]].includes(env.account));
  if (foreign.length > 0) throw refused(foreign.map(({ arn }) => cloneAcrossAccounts(arn, env, place)));
  return cloned.map(({ grant }) => grant);
}

const cloning = 'clone the source';

function pullRepository(arn: string): { arn: string; grant: Grant } {
  return { arn, grant: { actions: ['codecommit:GitPull'], resources: [arn], reason: cloning } };
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

function clonedSources(plan: Plan, inputs: readonly string[]): (ConnectionSource | CodeCommitSource)[] {
  return plan.nodes.flatMap((node) =>
    node.type === 'source' &&
    (node.source.type === 'connection' || node.source.type === 'codeCommit') &&
    node.source.fullClone &&
    inputs.includes(artifactOfSource(node))
      ? [node.source]
      : [],
  );
}
