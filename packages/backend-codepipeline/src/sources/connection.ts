/** A repository behind a CodeConnections connection. */
import type { ConnectionSource } from '@cdkpipe/core';
import { useConnection } from './clone-grants.ts';
import type { SourceAction } from './source-action.ts';

export function connectionAction(source: ConnectionSource, triggers: boolean): SourceAction {
  return {
    provider: 'CodeStarSourceConnection',
    configuration: {
      ConnectionArn: source.connectionArn,
      FullRepositoryId: source.repository,
      BranchName: source.branch,
      OutputArtifactFormat: source.fullClone ? 'CODEBUILD_CLONE_REF' : 'CODE_ZIP',
      DetectChanges: String(triggers && source.trigger === 'push'),
    },
    grants: [useConnection(source.connectionArn, 'fetch the source')],
  };
}
