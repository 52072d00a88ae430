/** The workspace of commands: the source, and the directories that were made for it. */
import { type AdditionalSource, type PlanNode, unreachable } from '@cdkpipe/core';
import { usesOf } from '../github/pinned-actions.ts';
import { exportName } from '../jobs/find-producer.ts';
import type { BuildJob, Job, StepJob } from '../jobs/job.ts';
import { encodeName } from '../names/encode-name.ts';
import { expression } from '../workflow/expression.ts';
import type { RunStep, WorkflowStep } from '../workflow/workflow.ts';
import { assemblyDirectory, copyDirectory, workDirectory } from './scripts.ts';
import { downloadSteps } from './spell-steps.ts';
import type { Spelling } from './spelling.ts';

/** Where a workspace is, and which of the job's own steps have left something for it. */
export interface Workspace {
  /** Relative to the root of the source, which it is where absent. */
  readonly directory?: string;
  readonly job: Job;
  /** Directories that earlier steps of the same job have kept. */
  readonly kept: readonly string[];
}

/** The commit of the run. The token does not stay in the clone, where every command could read it. */
export function checkoutStep({ actions, plan: { pipeline } }: Spelling, { directory }: Workspace): WorkflowStep {
  const isFullClone = pipeline.source.type === 'connection' && pipeline.source.fullClone;
  return {
    name: directory === undefined ? 'Fetch the source' : `Fetch the source into ${directory}`,
    uses: usesOf(actions.checkout),
    with: {
      ...(directory === undefined ? {} : { path: directory }),
      'persist-credentials': false,
      ...(isFullClone ? { 'fetch-depth': 0 } : {}),
    },
  };
}

/** One directory of a workspace, by its name in the definition. */
export function placeDirectory(spelling: Spelling, workspace: Workspace, name: string): WorkflowStep[] {
  const { plan, jobs } = spelling;
  const source = plan.pipeline.additionalSources.find(({ directory }) => directory === name);
  if (source !== undefined) return placeSource(spelling, workspace, source);
  if (workspace.kept.includes(name)) return [copyStep(`Place ${name}`, keptDirectory(name), within(workspace, name))];
  const maker = jobs.find((each): each is StepJob => each.type === 'step' && madeBy(each) === name);
  if (maker !== undefined) {
    const digest = expression(`needs.${maker.id}.outputs.output`);
    return downloadSteps(spelling.actions.download, {
      artifact: outputArtifact(maker.id),
      directory: within(workspace, name),
      digest,
    });
  }
  if (name !== plan.pipeline.build.output) return unreachable(`nothing makes the directory ${name}`);
  const from = workspace.job.type === 'build' ? name : assemblyDirectory;
  return [copyStep(`Place ${name}`, from, within(workspace, name))];
}

function placeSource(
  { actions, jobs, options }: Spelling,
  workspace: Workspace,
  { directory, source }: AdditionalSource,
) {
  const secret = options.sourceTokens?.[directory];
  if (source.type === 'connection' || source.type === 'github')
    return [
      {
        name: `Fetch ${directory}`,
        uses: usesOf(actions.checkout),
        with: {
          repository: source.repository,
          ref: source.branch,
          path: within(workspace, directory),
          'persist-credentials': false,
          ...(secret === undefined ? {} : { token: expression(`secrets.${secret}`) }),
        },
      },
    ];
  const fetching = jobs.find(({ type }) => type === 'sources')?.id ?? unreachable('no job fetches sources');
  return downloadSteps(actions.download, {
    artifact: sourceArtifact(directory),
    directory: within(workspace, directory),
    digest: expression(`needs.${fetching}.outputs.${encodeName(directory)}`),
  });
}

/** What a step has made, for later steps of its job. */
export function keepStep({ directory }: Workspace, output: { readonly from: string; readonly to: string }): RunStep {
  const from = directory === undefined ? output.from : `${directory}/${output.from}`;
  return copyStep(`Keep ${output.to}`, from, keptDirectory(output.to));
}

function copyStep(name: string, from: string, to: string): RunStep {
  return { name, env: { CDKPIPE_FROM: from, CDKPIPE_TO: to }, run: copyDirectory };
}

function keptDirectory(name: string): string {
  return `${workDirectory}/outputs/${name}`;
}

function within({ directory }: Workspace, name: string): string {
  return directory === undefined ? name : `${directory}/${name}`;
}

function madeBy({ work }: StepJob): string | undefined {
  return work.type === 'commands' ? work.output?.to : undefined;
}

export function sourceArtifact(directory: string): string {
  return `cdkpipe-source-${encodeName(directory)}`;
}

export function outputArtifact(job: string): string {
  return `cdkpipe-output-${job}`;
}

/** Variables that a node exports and others read, by the names of the outputs. */
export function readExports({ outputs }: Pick<BuildJob, 'outputs'>, node: PlanNode, exports: readonly string[]) {
  const all = exports.map((variable) => [exportName(node, variable), variable] as const);
  return new Map(all.filter(([output]) => outputs.includes(output)));
}
