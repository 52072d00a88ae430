/** Jobs → what the runner reads. */
import { type AssembledStack, type Assembly, type Plan, unreachable } from '@cdkpipe/core';
import { exportName, outputName } from '../jobs/find-producer.ts';
import type { ExecuteJob, Job, PrepareJob } from '../jobs/job.ts';
import type { GitHubOptions } from '../options/options.ts';
import { findRepository, workflowPath } from '../options/read-options.ts';
import { rolesOf } from './job-roles.ts';
import type { JobRecord, JobsFile, PublishRecord, Roles, WorkRecord } from './jobs-file.ts';

export interface RecordInput {
  readonly plan: Plan;
  readonly assembly: Assembly;
  readonly jobs: readonly Job[];
  readonly options: GitHubOptions;
  readonly access: readonly { readonly name: string }[];
}

export function recordJobs(input: RecordInput): JobsFile {
  const { plan, jobs, options } = input;
  return {
    version: 1,
    pipeline: plan.pipeline.name,
    repository: repositoryOf(input),
    workflow: workflowPath(plan.pipeline, options),
    access: input.access.map(({ name }) => name),
    jobs: Object.fromEntries(jobs.map((job) => [job.id, recordJob(input, job)])),
  };
}

function repositoryOf({ plan, options }: RecordInput): JobsFile['repository'] {
  const { owner, name } = findRepository(plan.pipeline, options) ?? unreachable('no repository');
  return { owner, name };
}

function recordJob(input: RecordInput, job: Job): JobRecord {
  const { environment } = job;
  const nameOf = (id: string) => input.jobs.find((each) => each.id === id)?.name ?? id;
  return {
    name: job.name,
    needs: job.needs.map(nameOf),
    nodes: job.nodes,
    ...(environment === undefined ? {} : { environment: environment.name }),
    gates: environment?.gates ?? [],
    proves: job.proves,
    work: recordWork(input, job),
  };
}

function recordWork(input: RecordInput, job: Job): WorkRecord {
  switch (job.type) {
    case 'sources':
    case 'build':
      return { type: job.type };
    case 'publish':
      return {
        type: 'publish',
        publishes: recordPublishes(job.publishes),
        publishRoles: rolesFor(input, job, 'publish'),
      };
    case 'prepare':
    case 'execute':
      return {
        type: 'stacks',
        publishes: recordPublishes(job.publishes),
        publishRoles: rolesFor(input, job, 'publish'),
        actions: recordActions(input, job),
        roles: rolesFor(input, job, job.type),
      };
    case 'step':
      return recordStep(input, job);
  }
}

function rolesFor({ plan }: RecordInput, job: Job, purpose: string): Roles {
  const roles = rolesOf(plan, job).filter((role) => role.purpose === purpose);
  return Object.fromEntries(roles.map(({ account, arn }) => [account, arn]));
}

function recordPublishes(publishes: (PrepareJob | ExecuteJob)['publishes']): PublishRecord[] {
  return publishes.map(({ id, env, manifests }) => ({ node: id, ...env, manifests }));
}

type Actions = Extract<WorkRecord, { type: 'stacks' }>['actions'];

/** In the order of the plan, in which every node stands behind those it comes after. */
function recordActions({ plan, assembly, jobs }: RecordInput, job: PrepareJob | ExecuteJob): Actions {
  const own = new Set(job.nodes);
  // Uploads come before, and gates have passed.
  const executes = job.type === 'execute' ? job.executes : [];
  const actions = new Set([...job.prepares, ...executes].map(({ id }) => id));
  const makerOf = (stack: string) =>
    jobs.find(
      (each) =>
        'prepares' in each && each.deployment === job.deployment && each.prepares.some((node) => node.stack === stack),
    );
  return plan.nodes.flatMap((node): Actions[number][] => {
    if ((node.type !== 'prepare' && node.type !== 'execute') || !own.has(node.id)) return [];
    const preparedBy = node.type === 'execute' && node.changeSet ? makerOf(node.stack)?.id : undefined;
    const outputs = node.type === 'execute' ? readOutputs(job, node.stack, node.outputs) : {};
    return [
      {
        type: node.type,
        node: node.id,
        deployment: node.deployment,
        stack: stackOf(assembly, node.deployment, node.stack),
        after: node.after.filter((id) => actions.has(id)),
        ...(preparedBy === undefined ? {} : { preparedBy }),
        ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
      },
    ];
  });
}

function readOutputs({ outputs }: Job, stack: string, names: readonly string[]): Record<string, string> {
  const all = names.map((name) => [outputName(stack, name), name] as const);
  return Object.fromEntries(all.filter(([output]) => outputs.includes(output)));
}

function stackOf({ deployments }: Assembly, deployment: string, stack: string): AssembledStack {
  const stacks = deployments.find(({ name }) => name === deployment)?.stacks ?? [];
  return stacks.find(({ id }) => id === stack) ?? unreachable(`the assembly has no stack ${deployment}/${stack}`);
}

function recordStep({ plan }: RecordInput, job: Extract<Job, { type: 'step' }>): WorkRecord {
  const { work, node } = job;
  const [role] = rolesOf(plan, job);
  const { region } = job.runIn ?? plan.pipeline.env;
  const credentials = { region, ...(role === undefined ? {} : { role: role.arn }) };
  switch (work.type) {
    case 'approval':
      return { type: 'approval' };
    case 'commands': {
      const exports = (work.exports ?? []).map((variable) => [exportName(node, variable), variable] as const);
      const read = Object.fromEntries(exports.filter(([output]) => job.outputs.includes(output)));
      return { type: 'commands', commands: work.commands, exports: read, timeout: work.timeout ?? 60, ...credentials };
    }
    case 'function': {
      const { payload, timeout } = work;
      return { type: 'function', file: functionFile(job.id), payload, timeout, ...credentials };
    }
  }
}

/** Where the bundle of a function is in the cloud assembly. */
export function functionFile(job: string): string {
  return `cdkpipe-functions/${job}.mjs`;
}
