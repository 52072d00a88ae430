/** Which roles a job assumes, in which accounts: what the workflow, the runner and the access stacks agree on. */
import type { Environment, Plan } from '@cdkpipe/core';
import { needsCredentials } from '../contract/github-work.ts';
import type { Job, StepJob } from '../jobs/job.ts';
import { type RolePurpose, roleArn, roleName } from '../names/role-name.ts';

/** One role of one job in one account. */
export interface JobRole {
  readonly job: Job;
  readonly purpose: RolePurpose;
  readonly account: string;
  /** Regions that it works in. */
  readonly regions: readonly string[];
  readonly name: string;
  readonly arn: string;
}

export function rolesOf({ pipeline }: Plan, job: Job): JobRole[] {
  return purposesOf(pipeline.env, job).flatMap(({ purpose, envs }) => {
    const accounts = [...new Set(envs.map(({ account }) => account))];
    return accounts.map((account): JobRole => {
      const regions = [...new Set(envs.flatMap((env) => (env.account === account ? [env.region] : [])))];
      const name = roleName(pipeline.name, job.id, purpose);
      return { job, purpose, account, regions, name, arn: roleArn(name, { account, region: regions[0] ?? '' }) };
    });
  });
}

interface Purpose {
  readonly purpose: RolePurpose;
  readonly envs: readonly Environment[];
}

function purposesOf(home: Environment, job: Job): Purpose[] {
  switch (job.type) {
    case 'build':
      return [];
    case 'sources':
      return [{ purpose: 'sources', envs: [home] }];
    case 'publish':
      return [publishing(job.publishes)];
    case 'prepare':
      return [publishing(job.publishes), { purpose: 'prepare', envs: job.prepares.map(({ env }) => env) }];
    case 'execute':
      return [
        publishing(job.publishes),
        { purpose: 'execute', envs: [...job.prepares, ...job.executes].map(({ env }) => env) },
      ];
    case 'step':
      return needsCredentials(job.work) ? [{ purpose: 'step', envs: [placeOf(home, job)] }] : [];
  }
}

function publishing(publishes: readonly { readonly env: Environment }[]): Purpose {
  return { purpose: 'publish', envs: publishes.map(({ env }) => env) };
}

/** Where the code of a step runs: beside the pipeline where nobody says otherwise. */
function placeOf(home: Environment, { runIn }: StepJob): Environment {
  return runIn ?? home;
}
