/** A live `GitHubWorkflow` of cdk-pipelines-github as data: what it has besides the pipeline. */
import type { OldWorkflow } from '../old-app/old-app.ts';
import { bagOf } from './describe-project.ts';
import { commandsOfJob } from './job-commands.ts';

type Bag = Readonly<Record<string, unknown>>;

/** Options whose part a build, a role or nothing plays; the others are written down by name. */
const optionsWithoutPlace = ['buildContainer', 'dockerCredentials', 'dockerAssetJobSettings', 'jobSettings'];

/** Fields are as in `lib/pipeline.d.ts` of version 0.4: https://github.com/cdklabs/cdk-pipelines-github/blob/main/API.md */
export function describeWorkflow(workflow: Bag, props: Bag): OldWorkflow {
  const { push, workflowDispatch, ...triggers } = bagOf(workflow.workflowTriggers);
  const { branches, ...filters } = bagOf(push);
  const before = commandsOfJob(workflow.preBuildSteps);
  const after = commandsOfJob(workflow.postBuildSteps);
  const named = Array.isArray(branches) ? branches.map(String) : [];
  const other = [
    ...optionsWithoutPlace.filter((name) => props[name] !== undefined),
    ...(props.preSynthed === true ? ['preSynthed'] : []),
    ...[...before.other, ...after.other].map((step) => `${step} around the build`),
    ...Object.keys(triggers).map((name) => `the trigger ${name}`),
    ...Object.keys(filters).map((name) => `${name} of the trigger push`),
    ...(named.length === 1 && !/[*?!+[\]]/.test(named[0] ?? '')
      ? []
      : [`the branches ${named.join(', ') || 'of all names'}`]),
  ];
  return {
    path: String(workflow.workflowPath),
    branches: named,
    before: before.commands,
    after: after.commands,
    other,
  };
}

/** The environment of the stage's jobs, which is set for each of its stacks. */
export function environmentOf(workflow: Bag, stacks: readonly Bag[]): string | undefined {
  const properties = bagOf(workflow.stackProperties);
  for (const { stackArtifactId } of stacks) {
    const { name } = bagOf(bagOf(properties[String(stackArtifactId)]).environment);
    if (typeof name === 'string') return name;
  }
  return undefined;
}
