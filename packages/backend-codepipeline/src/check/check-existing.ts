/** Roles and keys of the author's that AWS takes from one account, or region, only. */
import type { Pipeline, Plan, Problem } from '@cdkpipe/core';
import { findPartition } from '../aws/partitions.ts';
import type { CodePipelineOptions } from '../options/options.ts';
import { existingElsewhere } from '../problems/existing.ts';
import { partitionForeign } from '../problems/stacks.ts';

export function checkExisting({ pipeline }: Plan, { existing }: CodePipelineOptions): Problem[] {
  const { env, source } = pipeline;
  const { pipelineRole, projectRoles = {}, artifacts = {} } = existing;
  const at = 'backends.codepipeline.existing';
  const roles = [
    [`${at}.pipelineRole`, pipelineRole],
    ...Object.entries(projectRoles).map(([layer, role]) => [`${at}.projectRoles.${layer}`, role] as const),
    ['source.eventRole', source.type === 'codeCommit' ? source.eventRole : undefined],
  ] as const;
  const foreign = Object.keys(artifacts).filter((region) => findPartition(region) !== findPartition(env.region));
  return [
    ...foreign.map((region) => partitionForeign(region, env.region, { path: `${at}.artifacts["${region}"]` })),
    ...roles.flatMap(([path, role]) =>
      role === undefined || role.split(':')[4] === env.account
        ? []
        : [existingElsewhere(`the role "${role}"`, `the pipeline's account ${env.account}`, path)],
    ),
    ...[...storeKeys(artifacts), ...sourceKeys(pipeline)].flatMap(({ key, region, of, path }) =>
      key === undefined || key.split(':')[3] === region
        ? []
        : [existingElsewhere(`the key "${key}"`, `"${region}", the region of ${of}`, path)],
    ),
  ];
}

interface PlacedKey {
  readonly key: string | undefined;
  readonly region: string;
  /** What lies in the region. */
  readonly of: string;
  readonly path: string;
}

function storeKeys(artifacts: NonNullable<CodePipelineOptions['existing']['artifacts']>): PlacedKey[] {
  return Object.entries(artifacts).map(([region, { key }]) => ({
    key,
    region,
    of: 'the bucket',
    path: `backends.codepipeline.existing.artifacts["${region}"].key`,
  }));
}

/** S3 encrypts with keys of the bucket's region, and sources are fetched in the pipeline's own. */
function sourceKeys({ env, source, additionalSources }: Pipeline): PlacedKey[] {
  const sources = [
    { source, path: 'source' },
    ...additionalSources.map((each) => ({ ...each, path: `additionalSources["${each.directory}"]` })),
  ];
  return sources.map(({ source, path }) => ({
    key: source.type === 's3' ? source.encryptionKey : undefined,
    region: env.region,
    of: 'the pipeline and its sources',
    path: `${path}.encryptionKey`,
  }));
}
