/** Carries out one verb for the job that it runs in. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cloudFormationDeployer, type DeployTools } from '@cdkpipe/deployer-cloudformation';
import { type JobRecord, type JobsFile, jobsFileName } from '../jobs-file/jobs-file.ts';
import { gitHubApi } from './github-api.ts';
import { proveApprovals } from './prove.ts';
import { publishAll } from './publish.ts';
import { Refusal } from './refusal.ts';
import { writeOutputs, writeSummary } from './report.ts';
import { carryOutStacks } from './stacks.ts';
import { runCommandsWork, runFunctionWork } from './step.ts';
import { required, type Surroundings } from './surroundings.ts';
import { credentialsFor, sessionName } from './tokens.ts';

export interface RunnerInput {
  readonly verb: string;
  readonly surroundings: Surroundings;
  /** Directory of the cloud assembly, absolute: the one that holds the runner. */
  readonly assembly: string;
  readonly signal: AbortSignal;
}

/** @throws Refusal for what the job must not do, and what AWS or GitHub refuses */
export async function runVerb(input: RunnerInput): Promise<void> {
  const { verb, surroundings } = input;
  const record = readRecord(input);
  const id = required(surroundings, 'GITHUB_JOB');
  const job = record.jobs[id];
  if (job === undefined) throw new Refusal([`the cloud assembly knows no job ${id}; it is not of this workflow`]);
  switch (verb) {
    case 'prove':
      for (const line of await proveApprovals(job, gitHubApi(surroundings), surroundings.now())) surroundings.log(line);
      return;
    case 'publish':
      return publish(input, id, job);
    case 'prepare':
    case 'execute':
      return workOnStacks(input, record, id, job);
    case 'step':
      return step(input, id, job);
    default:
      throw new Refusal([`the runner knows no verb ${JSON.stringify(verb)}`]);
  }
}

function readRecord({ assembly, surroundings }: RunnerInput): JobsFile {
  const record = JSON.parse(readFileSync(join(assembly, jobsFileName), 'utf8')) as JobsFile;
  if (record.version !== 1)
    throw new Refusal([`${jobsFileName} is of the version ${String(record.version)}, and not 1`]);
  const name = `${record.repository.owner}/${record.repository.name}`;
  const found = required(surroundings, 'GITHUB_REPOSITORY');
  if (name.toLowerCase() === found.toLowerCase()) return record;
  throw new Refusal([`the cloud assembly was made for ${name}, and this is a run of ${found}`]);
}

function toolsOf({ surroundings, signal }: RunnerInput): DeployTools {
  return { signal, log: surroundings.log, sleep: surroundings.sleep };
}

function storeOf({ surroundings }: RunnerInput): string {
  return join(required(surroundings, 'RUNNER_TEMP'), 'cdkpipe', 'store');
}

function runOf({ surroundings }: RunnerInput): string {
  return required(surroundings, 'GITHUB_RUN_ID');
}

async function publish(input: RunnerInput, id: string, { work }: JobRecord): Promise<void> {
  if (!('publishes' in work)) throw new Refusal([`the job ${id} uploads nothing`]);
  const run = runOf(input);
  await publishAll({
    publishes: work.publishes,
    roles: work.publishRoles,
    run,
    session: sessionName(run, id),
    assembly: input.assembly,
    deployer: cloudFormationDeployer({ store: storeOf(input) }),
    tools: toolsOf(input),
    surroundings: input.surroundings,
  });
}

async function workOnStacks(input: RunnerInput, record: JobsFile, id: string, { work }: JobRecord): Promise<void> {
  if (work.type !== 'stacks') throw new Refusal([`the job ${id} works on no stacks`]);
  const { surroundings } = input;
  const run = runOf(input);
  const region = work.actions[0]?.stack.env.region ?? '';
  const credentialsOf = credentialsFor(surroundings, work.roles, sessionName(run, id), region);
  const { outputs, summary } = await carryOutStacks({
    record,
    job: id,
    work,
    run,
    assembly: input.assembly,
    preparedDirectory: resolve(input.assembly, '..', 'prepared'),
    deployer: cloudFormationDeployer({ store: storeOf(input), credentialsOf }),
    tools: toolsOf(input),
  });
  writeOutputs(surroundings, outputs);
  writeSummary(surroundings, summary);
}

async function step(input: RunnerInput, id: string, { work }: JobRecord): Promise<void> {
  const { surroundings, assembly } = input;
  const given = { surroundings, assembly, session: sessionName(runOf(input), id) };
  if (work.type === 'commands') return runCommandsWork(given, work);
  if (work.type !== 'function') throw new Refusal([`the job ${id} has no step to carry out`]);
  const said = await runFunctionWork(given, work);
  if (said !== undefined) surroundings.log(said);
}
