/** What CodePipeline is to start on, as filters of its V2 triggers. */
import type { Patterns, PullRequestFilter, PushFilter, SourceNode } from '@cdkpipe/core';
import type { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';

const events = { opened: 'OPEN', updated: 'UPDATED', closed: 'CLOSED' } as const;

/** Nothing where the main source is not filtered. */
export function gitTriggers(node: SourceNode): CfnPipeline.PipelineTriggerDeclarationProperty[] {
  const { source } = node;
  if (node.directory !== undefined || source.type !== 'connection' || !source.triggers) return [];
  const { push = [], pullRequests = [] } = source.triggers;
  return [
    {
      providerType: 'CodeStarSourceConnection',
      gitConfiguration: {
        sourceActionName: node.name,
        ...(push.length > 0 ? { push: push.map(pushFilter) } : {}),
        ...(pullRequests.length > 0 ? { pullRequest: pullRequests.map(pullRequestFilter) } : {}),
      },
    },
  ];
}

function pushFilter({ tags, branches, paths }: PushFilter): CfnPipeline.GitPushFilterProperty {
  return {
    ...(tags ? { tags: criteria(tags) } : {}),
    ...(branches ? { branches: criteria(branches) } : {}),
    ...(paths ? { filePaths: criteria(paths) } : {}),
  };
}

function pullRequestFilter(filter: PullRequestFilter): CfnPipeline.GitPullRequestFilterProperty {
  const { events: given = ['opened', 'updated', 'closed'], branches, paths } = filter;
  return {
    events: [...new Set(given)].map((event) => events[event]),
    ...(branches ? { branches: criteria(branches) } : {}),
    ...(paths ? { filePaths: criteria(paths) } : {}),
  };
}

function criteria({ include, exclude }: Patterns): { includes?: string[]; excludes?: string[] } {
  return { ...(include ? { includes: [...include] } : {}), ...(exclude ? { excludes: [...exclude] } : {}) };
}
