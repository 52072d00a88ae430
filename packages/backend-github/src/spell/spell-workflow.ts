/** Jobs → the workflow as data. */
import type { Plan } from '@cdkpipe/core';
import { hasCredentials, type Job } from '../jobs/job.ts';
import type { GitHubOptions } from '../options/options.ts';
import { actionsOf, runnerOf } from '../options/read-options.ts';
import { expression, quoted } from '../workflow/expression.ts';
import type { Permissions, Workflow, WorkflowJob, WorkflowStep } from '../workflow/workflow.ts';
import { buildSteps } from './spell-build.ts';
import { commandShell } from './spell-commands.ts';
import { publishSteps, stacksSteps } from './spell-deploy.ts';
import { sourcesOutputs, sourcesSteps } from './spell-sources.ts';
import { stepSteps } from './spell-step.ts';
import { spellTriggers } from './spell-triggers.ts';
import { commandsId } from './spell-values.ts';
import type { Spelling } from './spelling.ts';

export interface WorkflowInput {
  readonly plan: Plan;
  readonly jobs: readonly Job[];
  readonly options: GitHubOptions;
}

export function spellWorkflow({ plan, jobs, options }: WorkflowInput): Workflow {
  const jobOf = new Map(jobs.flatMap(({ id, nodes }) => nodes.map((node) => [node, id] as const)));
  const spelling: Spelling = { plan, options, jobs, jobOf, actions: actionsOf(options) };
  const { pipeline } = plan;
  const on = spellTriggers(pipeline);
  return {
    name: pipeline.name,
    on,
    // Each job gets what it needs and no more (https://docs.github.com/en/actions/reference/security/secure-use).
    permissions: {},
    // A run that waits for a person keeps the next ones waiting: none comes between a change set and its execution.
    concurrency: { group: concurrencyGroup(pipeline.name, on), queue: 'max', 'cancel-in-progress': false },
    jobs: Object.fromEntries(jobs.map((job) => [job.id, spellJob(spelling, job, guardOf(plan, on))])),
  };
}

/** A pull request waits for other runs of its own only; it deploys nothing. */
function concurrencyGroup(name: string, { pull_request }: Workflow['on']): string {
  const group = `cdkpipe-${name}`;
  if (pull_request === undefined) return group;
  return expression(`github.event_name == 'pull_request' && github.ref || ${quoted(group)}`);
}

/** What must hold for a run to deploy: the branch of the source, or at least no pull request. */
function guardOf({ pipeline: { source } }: Plan, { pull_request, push }: Workflow['on']): string | undefined {
  if (source.type !== 'connection' && source.type !== 'github') return undefined;
  const isFiltered = source.type === 'connection' && source.trigger === 'filters';
  if (!isFiltered) return `github.ref == ${quoted(`refs/heads/${source.branch}`)}`;
  return pull_request === undefined && push !== undefined ? undefined : "github.event_name != 'pull_request'";
}

function spellJob(spelling: Spelling, job: Job, guard: string | undefined): WorkflowJob {
  const { environment } = job;
  const isBuildStage = job.type === 'build' || (job.type === 'step' && job.node.type === 'build');
  const image = imageOf(job);
  const outputs = outputsOf(job);
  return {
    name: job.name,
    ...(job.needs.length === 0 ? {} : { needs: [...job.needs] }),
    ...(isBuildStage || guard === undefined ? {} : { if: guard }),
    'runs-on': runnerOf(spelling.options, runnerRole(job)),
    'timeout-minutes': timeoutOf(job),
    ...(image === undefined ? {} : { container: { image } }),
    ...(environment === undefined ? {} : { environment: spellEnvironment(environment) }),
    permissions: permissionsOf(job),
    ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
    defaults: { run: { shell: commandShell } },
    steps: stepsOf(spelling, job),
  };
}

/** An environment that nobody decides in is not listed as a deployment, but names the job in its tokens all the same. */
function spellEnvironment({ name, gates }: NonNullable<Job['environment']>): NonNullable<WorkflowJob['environment']> {
  return gates.length === 0 ? { name, deployment: false } : { name };
}

function stepsOf(spelling: Spelling, job: Job): WorkflowStep[] {
  switch (job.type) {
    case 'sources':
      return sourcesSteps(spelling, job);
    case 'build':
      return buildSteps(spelling, job);
    case 'publish':
      return publishSteps(spelling, job);
    case 'prepare':
    case 'execute':
      return stacksSteps(spelling, job);
    case 'step':
      return stepSteps(spelling, job);
  }
}

function outputsOf(job: Job): Record<string, string> {
  const of = (...steps: readonly string[]) =>
    Object.fromEntries(
      job.outputs.map((name) => [name, expression(steps.map((step) => `steps.${step}.outputs.${name}`).join(' || '))]),
    );
  switch (job.type) {
    case 'sources':
      return sourcesOutputs(job);
    case 'build':
      // A name holds the step that exports it, so one alone has a value.
      return { assembly: expression('steps.assembly.outputs.digest'), ...of(...job.nodes.map(commandsId)) };
    case 'publish':
      return {};
    case 'prepare':
    case 'execute':
      return { ...(job.handsOn ? { prepared: expression('steps.prepared.outputs.digest') } : {}), ...of('execute') };
    case 'step': {
      const kept = job.work.type === 'commands' && job.work.output !== undefined;
      return {
        ...(kept ? { output: expression('steps.output.outputs.digest') } : {}),
        ...of(hasCredentials(job) || job.work.type === 'function' ? 'step' : commandsId(job.node.id)),
      };
    }
  }
}

/** Rights of the job's token; `id-token` alone lets it ask for a token that a role of AWS trusts. */
function permissionsOf(job: Job): Permissions {
  const readsSource = job.type === 'build' || (job.type === 'step' && job.work.type === 'commands');
  const proves =
    job.type !== 'sources' && (hasCredentials(job) || (job.type === 'step' && job.work.type === 'approval'));
  return {
    ...(proves ? { actions: 'read' } : {}),
    ...(readsSource ? { contents: 'read' } : {}),
    ...(hasCredentials(job) ? { 'id-token': 'write' } : {}),
  };
}

function imageOf(job: Job): string | undefined {
  if (job.type === 'step') return job.work.type === 'commands' ? job.work.image : undefined;
  if (job.type !== 'build' || job.node.work.role !== 'main') return undefined;
  const { image } = job.node.work.build;
  return typeof image === 'object' ? image.name : image;
}

function runnerRole(job: Job): 'build' | 'publish' | 'default' {
  if (job.type === 'build' || (job.type === 'step' && job.node.type === 'build')) return 'build';
  return 'publishes' in job && job.publishes.some(({ docker }) => docker) ? 'publish' : 'default';
}

/** What a job may take on a runner of GitHub, where nobody says less. */
const longest = 360;

function timeoutOf(job: Job): number {
  switch (job.type) {
    case 'build':
      return (job.node.work.role === 'main' ? job.node.work.build.timeout : undefined) ?? 60;
    case 'sources':
      return 30;
    case 'publish':
    case 'prepare':
    case 'execute':
      return longest;
    case 'step':
      if (job.work.type === 'approval') return 10;
      // Beside the work itself, the job fetches what it works with.
      return job.work.type === 'function' ? job.work.timeout + 10 : (job.work.timeout ?? 60);
  }
}
