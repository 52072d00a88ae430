/** What a build needs to show the reports its buildspec names. */
import type { Environment, PartialBuildSpec } from '@cdkpipe/core';
import type { CdkModules } from '../aws/modules.ts';
import type { Grant } from '../contract/grant.ts';

/** CodeBuild puts the project's name before that of a group, unless the buildspec names the group by its ARN. */
export function reportGrants(
  cdk: CdkModules,
  { account, region }: Environment,
  project: string,
  { reports = {} }: PartialBuildSpec = {},
): Grant[] {
  const groups = Object.keys(reports);
  if (groups.length === 0) return [];
  const arn = (name: string) => `arn:${cdk.partition}:codebuild:${region}:${account}:report-group/${project}-${name}`;
  const own = groups.filter((group) => !group.startsWith('arn:')).map(arn);
  return [
    {
      actions: [
        'codebuild:BatchPutCodeCoverages',
        'codebuild:BatchPutTestCases',
        'codebuild:CreateReport',
        'codebuild:UpdateReport',
      ],
      resources: [...own, ...groups.filter((group) => group.startsWith('arn:'))],
      reason: 'show the reports its buildspec names',
    },
    ...(own.length > 0
      ? [{ actions: ['codebuild:CreateReportGroup'], resources: own, reason: 'make its own report groups' }]
      : []),
  ];
}
