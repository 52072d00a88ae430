/** A CodeCommit repository of the pipeline's account and region. */
import type { CodeCommitSource, Environment } from '@cdkpipe/core';
import type { CdkModules } from '../aws/modules.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { EventPattern } from './event-trigger.ts';
import type { SourceAction } from './source-action.ts';

export function codeCommitAction(drawing: Drawing, source: CodeCommitSource, triggers: boolean): SourceAction {
  return {
    provider: 'CodeCommit',
    configuration: {
      RepositoryName: source.repository,
      BranchName: source.branch,
      PollForSourceChanges: String(triggers && source.trigger === 'poll'),
      ...(source.fullClone ? { OutputArtifactFormat: 'CODEBUILD_CLONE_REF' } : {}),
    },
    grants: [
      {
        actions: [
          'codecommit:CancelUploadArchive',
          'codecommit:GetBranch',
          'codecommit:GetCommit',
          ...(source.fullClone ? ['codecommit:GetRepository'] : []),
          'codecommit:GetUploadArchiveStatus',
          'codecommit:UploadArchive',
        ],
        resources: [repositoryArn(drawing.cdk, drawing.home, source)],
        reason: 'fetch the source',
      },
    ],
  };
}

export function codeCommitEvent(drawing: Drawing, source: CodeCommitSource): EventPattern {
  return {
    source: ['aws.codecommit'],
    'detail-type': ['CodeCommit Repository State Change'],
    resources: [repositoryArn(drawing.cdk, drawing.home, source)],
    detail: {
      event: ['referenceCreated', 'referenceUpdated'],
      referenceType: ['branch'],
      referenceName: [source.branch],
    },
  };
}

/** @param home where the pipeline lives, as its repository does */
export function repositoryArn(cdk: CdkModules, home: Environment, { repository }: CodeCommitSource): string {
  return `arn:${cdk.partition}:codecommit:${home.region}:${home.account}:${repository}`;
}
