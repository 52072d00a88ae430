/** The build, which has no credentials, and the steps around it. */
import { unreachable } from '@cdkpipe/core';
import type { AroundStep, BuildJob } from '../jobs/job.ts';
import { encodeName } from '../names/encode-name.ts';
import { workflowPath } from '../options/read-options.ts';
import type { WorkflowStep } from '../workflow/workflow.ts';
import { checkWorkflow, workDirectory } from './scripts.ts';
import { commandSteps } from './spell-commands.ts';
import { assemblyArtifact, uploadSteps } from './spell-steps.ts';
import { commandsId, spellEnv } from './spell-values.ts';
import { checkoutStep, keepStep, placeDirectory, readExports, type Workspace } from './spell-workspace.ts';
import type { Spelling } from './spelling.ts';

export function buildSteps(spelling: Spelling, job: BuildJob): WorkflowStep[] {
  const { plan, options, actions } = spelling;
  const made = outputsBefore(spelling, job);
  const workspace: Workspace = { job, kept: job.before.flatMap(({ work }) => work.output?.to ?? []) };
  const { output } = plan.pipeline.build;
  return [
    checkoutStep(spelling, workspace),
    ...aroundSteps(spelling, job, job.before, []),
    ...[...plan.pipeline.additionalSources.map(({ directory }) => directory), ...made].flatMap((name) =>
      placeDirectory(spelling, workspace, name),
    ),
    ...mainSteps(spelling, job),
    {
      name: 'Check the committed workflow',
      env: { CDKPIPE_WORKFLOW: workflowPath(plan.pipeline, options) },
      run: checkWorkflow,
    },
    ...uploadSteps(actions.upload, { id: 'assembly', artifact: assemblyArtifact, directory: output }),
    ...aroundSteps(spelling, job, job.after, workspace.kept),
  ];
}

function mainSteps(spelling: Spelling, job: BuildJob): WorkflowStep[] {
  const { node } = job;
  const { build } = node.work.role === 'main' ? node.work : unreachable(`${node.id} is no build`);
  const script = build.script === undefined ? [] : [runScript];
  return commandSteps({
    id: commandsId(node.id),
    name: 'Build',
    commands: [...build.installCommands, ...script, ...build.commands],
    env: {
      ...spellEnv(spelling, node, build.env),
      ...(build.script === undefined ? {} : { CDKPIPE_SCRIPT: build.script }),
    },
    exports: readExports(job, node, build.exports ?? []),
  });
}

/** The path reaches the shell as a variable only. */
const runScript = 'chmod +x -- "$CDKPIPE_SCRIPT" && "./$CDKPIPE_SCRIPT"';

/** Directories that steps before the build have made, in jobs of their own or in its. */
function outputsBefore({ jobs }: Spelling, job: BuildJob): string[] {
  const alone = jobs.flatMap((each) =>
    each.type === 'step' && job.needs.includes(each.id) && each.work.type === 'commands' && each.work.output
      ? [each.work.output.to]
      : [],
  );
  return [...alone, ...job.before.flatMap(({ work }) => work.output?.to ?? [])];
}

/** Steps in the job of the build, each in a clone of its own. */
function aroundSteps(spelling: Spelling, job: BuildJob, steps: readonly AroundStep[], given: readonly string[]) {
  const kept = [...given];
  return steps.flatMap(({ node, work }) => {
    const { name } = node.work.step;
    const directory = `${workDirectory}/steps/${encodeName(name)}`;
    const workspace: Workspace = { directory, job, kept: [...kept] };
    if (work.output !== undefined) kept.push(work.output.to);
    return [
      checkoutStep(spelling, workspace),
      ...(work.inputs ?? []).flatMap((input) => placeDirectory(spelling, workspace, input)),
      ...commandSteps({
        id: commandsId(node.id),
        name,
        commands: work.commands,
        env: spellEnv(spelling, node, work.env ?? {}),
        exports: readExports(job, node, work.exports ?? []),
        directory,
        ...(work.timeout === undefined ? {} : { timeout: work.timeout }),
      }),
      ...(work.output === undefined ? [] : [keepStep(workspace, work.output)]),
    ];
  });
}
