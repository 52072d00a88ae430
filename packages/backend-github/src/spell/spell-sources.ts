/** The job that fetches additional sources with credentials, so that the build needs none. */
import { type SourceNode, unreachable } from '@cdkpipe/core';
import { partitionOf } from '../aws/partition.ts';
import type { SourcesJob } from '../jobs/job.ts';
import { encodeName } from '../names/encode-name.ts';
import { roleArn, roleName } from '../names/role-name.ts';
import { expression } from '../workflow/expression.ts';
import type { RunStep, WorkflowStep } from '../workflow/workflow.ts';
import { fetchImageDetail, fetchObject, workDirectory } from './scripts.ts';
import { uploadSteps } from './spell-steps.ts';
import { sourceArtifact } from './spell-workspace.ts';
import type { Spelling } from './spelling.ts';

export function sourcesSteps(spelling: Spelling, { id, sources }: SourcesJob): WorkflowStep[] {
  return sources.flatMap((node) => [
    fetchStep(spelling, id, node),
    ...uploadSteps(spelling.actions.upload, {
      id: sourceStepId(node),
      artifact: sourceArtifact(directoryOf(node)),
      directory: placeOf(node),
    }),
  ]);
}

/** Digests of what was fetched, by directory. */
export function sourcesOutputs({ sources }: SourcesJob): Record<string, string> {
  return Object.fromEntries(
    sources.map((node) => [encodeName(directoryOf(node)), expression(`steps.${sourceStepId(node)}.outputs.digest`)]),
  );
}

function fetchStep({ plan: { pipeline } }: Spelling, job: string, node: SourceNode): RunStep {
  const { source } = node;
  const credentials = {
    AWS_REGION: pipeline.env.region,
    AWS_ROLE_ARN: roleArn(roleName(pipeline.name, job, 'sources'), pipeline.env),
    AWS_ROLE_SESSION_NAME: 'cdkpipe-sources',
    // In the runner's own directory, where no artifact is made of.
    AWS_WEB_IDENTITY_TOKEN_FILE: '/tmp/cdkpipe/token',
    CDKPIPE_DIRECTORY: placeOf(node),
  };
  const name = `Fetch ${directoryOf(node)}`;
  if (source.type === 's3')
    return { name, env: { ...credentials, CDKPIPE_BUCKET: source.bucket, CDKPIPE_KEY: source.key }, run: fetchObject };
  if (source.type !== 'ecr') return unreachable(`${node.id} needs no credentials`);
  const { suffix } = partitionOf(pipeline.env.region);
  const image = { CDKPIPE_REPOSITORY: source.repository, CDKPIPE_TAG: source.tag, CDKPIPE_SUFFIX: suffix };
  return { name, env: { ...credentials, ...image }, run: fetchImageDetail };
}

function directoryOf(node: SourceNode): string {
  return node.directory ?? unreachable(`${node.id} is no additional source`);
}

function placeOf(node: SourceNode): string {
  return `${workDirectory}/sources/${directoryOf(node)}`;
}

function sourceStepId(node: SourceNode): string {
  return `source__${encodeName(directoryOf(node))}`;
}
