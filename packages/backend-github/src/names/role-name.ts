/** Names of the roles that jobs assume; a workflow must know them before they are made. */
import { createHash } from 'node:crypto';
import type { Environment } from '@cdkpipe/core';
import { partitionOf } from '../aws/partition.ts';

export type RolePurpose = 'sources' | 'publish' | 'prepare' | 'execute' | 'step';

/** IAM allows 64 characters (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const longest = 64;

/** One role for each job and purpose: it trusts the environment of that job alone. */
export function roleName(pipeline: string, job: string, purpose: RolePurpose): string {
  const name = `cdkpipe-${pipeline}-${job}-${purpose}`;
  if (name.length <= longest) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.slice(0, longest - hash.length - 1)}-${hash}`;
}

export function roleArn(name: string, { account, region }: Environment): string {
  return `arn:${partitionOf(region).name}:iam::${account}:role/${name}`;
}
