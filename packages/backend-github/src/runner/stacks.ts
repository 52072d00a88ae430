/** Makes and executes the change sets of one job. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AssembledStack } from '@cdkpipe/core';
import {
  type Deployer,
  type DeployTools,
  digestOf,
  type Prepared,
  type StackTarget,
} from '@cdkpipe/deployer-cloudformation';
import type { JobsFile, WorkRecord } from '../jobs-file/jobs-file.ts';
import { encodeName } from '../names/encode-name.ts';
import { Refusal } from './refusal.ts';
import { changeReport, type PreparedStack } from './report.ts';

type StacksWork = Extract<WorkRecord, { type: 'stacks' }>;
type Action = StacksWork['actions'][number];

export interface StacksInput {
  readonly record: JobsFile;
  /** ID of the job. */
  readonly job: string;
  readonly work: StacksWork;
  /** Names the change sets of the run. */
  readonly run: string;
  /** Directory of the cloud assembly, absolute. */
  readonly assembly: string;
  /** Where change sets that were made are left and found, absolute. */
  readonly preparedDirectory: string;
  readonly deployer: Deployer;
  readonly tools: DeployTools;
}

export interface StacksDone {
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown; empty where no change set was made. */
  readonly summary: string;
}

/** Each action as soon as what it comes after in the job has succeeded; after a failure nothing more is started. */
export async function carryOutStacks(input: StacksInput): Promise<StacksDone> {
  const { work } = input;
  const done = new Set<string>();
  const outputs: Record<string, string> = {};
  const made: PreparedStack[] = [];
  for (let open = [...work.actions]; open.length > 0; ) {
    const ready = open.filter(({ after }) => after.every((id) => done.has(id)));
    if (ready.length === 0) throw new Refusal(['the actions of the job wait for each other']);
    const results = await Promise.allSettled(ready.map((action) => carryOut(input, action)));
    const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    if (failed.length > 0) throw failed[0];
    for (const [index, result] of results.entries()) {
      const action = ready[index];
      if (result.status !== 'fulfilled' || action === undefined) continue;
      done.add(action.node);
      Object.assign(outputs, result.value.outputs);
      if (result.value.prepared) made.push({ stack: action.stack.id, prepared: result.value.prepared });
    }
    open = open.filter(({ node }) => !done.has(node));
  }
  const digest = digestOf(made.map(({ stack, prepared }) => [stack, prepared.digest]));
  const deployment = work.actions[0]?.deployment ?? '';
  return { outputs, summary: made.length === 0 ? '' : changeReport(deployment, made, digest) };
}

interface ActionDone {
  readonly outputs: Readonly<Record<string, string>>;
  readonly prepared?: Prepared;
}

async function carryOut(input: StacksInput, action: Action): Promise<ActionDone> {
  const { deployer, job } = input;
  const tools: DeployTools = { ...input.tools, log: (text) => input.tools.log(`${action.stack.id}: ${text}`) };
  const target = targetOf(input, action);
  if (action.type === 'prepare') {
    const prepared = await deployer.prepare(target, tools);
    writePrepared(input, job, action, prepared);
    tools.log(`change set made, digest ${prepared.digest}`);
    return { outputs: {}, prepared };
  }
  const prepared = action.preparedBy === undefined ? undefined : readPrepared(input, action.preparedBy, action);
  const executed = await deployer.execute(target, prepared, tools);
  tools.log(executed.summary);
  const values = Object.entries(action.outputs ?? {}).map(([output, name]) => {
    const value = executed.outputs[name];
    if (value === undefined) throw new Refusal([`the stack ${action.stack.stackName} has no output ${name}`]);
    return [output, value] as const;
  });
  return { outputs: Object.fromEntries(values) };
}

/** The roles of the job stand in for the one that the assembly names: that one could execute. */
function targetOf({ record, run, assembly, work }: StacksInput, { node, deployment, stack }: Action): StackTarget {
  const together = new Map<string, AssembledStack>();
  for (const job of Object.values(record.jobs))
    if (job.work.type === 'stacks')
      for (const each of job.work.actions) if (each.deployment === deployment) together.set(each.stack.id, each.stack);
  for (const each of work.actions) together.set(each.stack.id, each.stack);
  return {
    run,
    node,
    deployment,
    stack: withoutDeployRole(stack),
    assemblyDirectory: assembly,
    templateFile: join(assembly, stack.templateFile),
    deployedTogether: [...together.values()].map(withoutDeployRole),
  };
}

function withoutDeployRole(stack: AssembledStack): AssembledStack {
  const { deployRoleArn: _arn, deployExternalId: _id, deployRoleOptions: _options, ...rest } = stack;
  return rest;
}

/** What is left for another job: bound to run and stack, and its digest to the change set. */
interface PreparedFile {
  readonly run: string;
  readonly deployment: string;
  readonly stack: string;
  readonly prepared: Prepared;
}

function preparedFile({ preparedDirectory }: StacksInput, job: string, { deployment, stack }: Action): string {
  return join(preparedDirectory, job, `${encodeName(deployment)}__${encodeName(stack.id)}.json`);
}

function writePrepared(input: StacksInput, job: string, action: Action, prepared: Prepared): void {
  const file = preparedFile(input, job, action);
  const content: PreparedFile = { run: input.run, deployment: action.deployment, stack: action.stack.id, prepared };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

function readPrepared(input: StacksInput, job: string, action: Action): Prepared {
  const file = preparedFile(input, job, action);
  const found = readContent(file);
  if (found?.run !== input.run || found.deployment !== action.deployment || found.stack !== action.stack.id)
    throw new Refusal([`${action.node} has no change set of this run; run all jobs again, not only those that failed`]);
  return found.prepared;
}

function readContent(file: string): PreparedFile | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PreparedFile;
  } catch {
    return undefined;
  }
}
