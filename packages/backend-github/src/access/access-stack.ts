/** The stacks that give jobs access, as plain data: one for each account. */
import { type Assembly, type Plan, unreachable } from '@cdkpipe/core';
import { partitionOf } from '../aws/partition.ts';
import type { Job } from '../jobs/job.ts';
import { rolesOf } from '../jobs-file/job-roles.ts';
import type { GitHubOptions } from '../options/options.ts';
import { findRepository } from '../options/read-options.ts';
import type { Grant } from './grant.ts';
import { grantsOf } from './grants.ts';
import { issuer, type Trust, trustConditions } from './trust.ts';

export interface AccessStack {
  /** ID in the cloud assembly, and name of the stack. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Whether the stack makes the provider; else it is there. */
  readonly createsProvider: boolean;
  readonly roles: readonly AccessRole[];
}

export interface AccessRole {
  readonly name: string;
  readonly description: string;
  readonly trust: Trust;
  readonly grants: readonly Grant[];
}

export interface AccessInput {
  readonly plan: Plan;
  readonly assembly: Assembly;
  readonly jobs: readonly Job[];
  readonly options: GitHubOptions;
}

export function accessStacks(input: AccessInput): AccessStack[] {
  const { plan, jobs, options } = input;
  const { pipeline } = plan;
  const repository = findRepository(pipeline, options) ?? unreachable('no repository');
  const roles = jobs.flatMap((job) => rolesOf(plan, job));
  return [...new Set(roles.map(({ account }) => account))].map((account): AccessStack => {
    const own = roles.filter((role) => role.account === account);
    const region = regionOf(
      pipeline.env.region,
      own.flatMap(({ regions }) => regions),
    );
    const provider = `arn:${partitionOf(region).name}:iam::${account}:oidc-provider/${issuer}`;
    return {
      name: `${pipeline.name.replaceAll(/[^A-Za-z0-9-]/g, '-')}-access-${account}`,
      account,
      region,
      createsProvider: options.access?.existingProviders?.includes(account) !== true,
      roles: own.map((role) => {
        const environment = role.job.environment?.name ?? unreachable(`${role.job.id} has no environment`);
        const conditions = trustConditions({ repository, environment, source: pipeline.source });
        return {
          name: role.name,
          description: `${role.purpose}: the job ${role.job.name} of the pipeline ${pipeline.name} on GitHub`,
          trust: { provider, conditions },
          grants: grantsOf(input, role).filter(({ resources }) => resources.length > 0),
        };
      }),
    };
  });
}

/** Roles are the same in every region; the stack stands where the pipeline says, or in the partition of the account. */
function regionOf(home: string, regions: readonly string[]): string {
  const [first = home] = regions;
  return partitionOf(first).name === partitionOf(home).name ? home : first;
}
