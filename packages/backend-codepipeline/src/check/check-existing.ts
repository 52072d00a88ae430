/** Roles and keys of the author's that AWS takes from one account, or region, only. */
import type { Plan, Problem } from '@cdkpipe/core';
import type { CodePipelineOptions } from '../options.ts';
import { existingElsewhere } from '../problems/existing.ts';

export function checkExisting({ pipeline: { env, source } }: Plan, { existing }: CodePipelineOptions): Problem[] {
  const { pipelineRole, projectRoles = {}, artifacts = {} } = existing;
  const at = 'backends.codepipeline.existing';
  const roles = [
    [`${at}.pipelineRole`, pipelineRole],
    ...Object.entries(projectRoles).map(([layer, role]) => [`${at}.projectRoles.${layer}`, role] as const),
    ['source.eventRole', source.type === 'codeCommit' ? source.eventRole : undefined],
  ] as const;
  return [
    ...roles.flatMap(([path, role]) =>
      role === undefined || role.split(':')[4] === env.account
        ? []
        : [existingElsewhere(`the role "${role}"`, `the pipeline's account ${env.account}`, path)],
    ),
    ...Object.entries(artifacts).flatMap(([region, { key }]) =>
      key === undefined || key.split(':')[3] === region
        ? []
        : [
            existingElsewhere(
              `the key "${key}"`,
              `"${region}", the region of the bucket`,
              `${at}.artifacts["${region}"].key`,
            ),
          ],
    ),
  ];
}
