/** A repository behind a CodeConnections connection. */
import type { ConnectionSource } from '@cdkpipe/core';
import { useConnection } from '../codebuild/clone-grants.ts';
import type { Drawing } from '../render/drawing.ts';
import type { SourceAction } from './source-action.ts';

export function connectionAction({ stores }: Drawing, source: ConnectionSource, triggers: boolean): SourceAction {
  return {
    provider: 'CodeStarSourceConnection',
    configuration: {
      ConnectionArn: source.connectionArn,
      FullRepositoryId: source.repository,
      BranchName: source.branch,
      OutputArtifactFormat: source.fullClone ? 'CODEBUILD_CLONE_REF' : 'CODE_ZIP',
      DetectChanges: String(triggers && source.trigger === 'push'),
    },
    grants: [
      useConnection(source.connectionArn, 'fetch the source'),
      {
        actions: ['s3:PutObjectAcl'],
        resources: [`${stores.home.bucketArn}/*`],
        reason: 'hand fetched sources over to the owner of the bucket',
      },
    ],
  };
}
