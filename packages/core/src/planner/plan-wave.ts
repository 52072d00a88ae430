/** Plans one wave: its gates, its publishers, its deployments. */
import type { AssembledStack, Assembly } from '../contracts/assembly.ts';
import type { BackendCapabilities } from '../contracts/capabilities.ts';
import * as words from '../errors/catalogue/planning.ts';
import { unreachable } from '../errors/cdkpipe-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { Deployment, Wave } from '../model/pipeline.ts';
import { nameInOwner, type Step } from '../model/step.ts';
import { isEmptyWorkflow } from '../model/workflow.ts';
import type { PlanNode, ReviewNode } from '../plan/node.ts';
import type { PlanNote } from '../plan/plan.ts';
import { actionName } from './action-names.ts';
import { approveNode, type GatePlace, gateParts } from './gate-node.ts';
import { type Laid, layOutWorkflow } from './lay-out-workflow.ts';
import { type LowerPlace, lowerWorkflow } from './lower-workflow.ts';
import { elsewhereNotes, protectionNotes } from './place-notes.ts';
import { type DeploymentInput, planDeployment } from './plan-deployment.ts';
import { type PlannedPublishing, planPublishing } from './plan-publishing.ts';
import { choosePrepareMode } from './prepare-mode.ts';

export interface WaveInput {
  readonly wave: Wave;
  readonly assembly: Assembly;
  readonly place: LowerPlace;
  readonly capabilities: BackendCapabilities;
  /** What must have succeeded before the wave. */
  readonly after: readonly string[];
  readonly problems: Problem[];
  readonly notes: PlanNote[];
}

export async function planWave(input: WaveInput): Promise<Laid> {
  const { wave, assembly, after, place, problems } = input;
  const assembledOf = (deployment: Deployment) =>
    assembly.deployments.find(({ name }) => name === deployment.name) ??
    unreachable(`no assembly of ${deployment.name}`);
  const stacks = wave.deployments.flatMap((deployment) => assembledOf(deployment).stacks);
  const publishing = planPublishing(wave, stacks, after, input.capabilities);
  const before = layOutWorkflow(await lowerWorkflow(wave.before, place, problems), after, (step, at) =>
    single(approveNode(placeOf(input), step, at)),
  );
  const entries = entriesOf(input, publishing, before.exits);
  const deployments: Laid[] = [];
  for (const deployment of wave.deployments) {
    deployments.push(await planWaveDeployment(input, deployment, assembledOf(deployment), entries));
  }
  return {
    nodes: [...publishing.nodes, ...before.nodes, ...deployments.flatMap(({ nodes }) => nodes)],
    exits: deployments.flatMap(({ exits }) => exits),
  };
}

interface Entries extends Pick<DeploymentInput, 'entryOf'> {
  /** What must have succeeded before a stack of the deployment may execute first. */
  publishersBefore(deployment: Assembly['deployments'][number]): DeploymentInput['publishersBefore'];
}

/**
 * Assets must be published before a stack is prepared, or, where the backend supports that, only before it executes.
 *
 * A deployment begins to execute when all of its publishers have succeeded, whichever of its stacks needs them: after a
 * failure nothing more of the wave starts, which would leave it half deployed. A deployment without assets waits for
 * those of the wave, for the same reason.
 */
function entriesOf(
  { wave, capabilities: { preparesBeforePublishing } }: WaveInput,
  { nodes, publishersOf }: PlannedPublishing,
  gates: readonly string[],
): Entries {
  const early = (stack: AssembledStack) =>
    preparesBeforePublishing && !stack.preparesFromAssets ? [] : publishersOf(stack);
  return {
    entryOf: (stack) => {
      const publishers = early(stack);
      // A stack behind its publisher stands behind what the publisher waited for, unless there are gates.
      return publishers.length > 0 && isEmptyWorkflow(wave.before) ? publishers : [...publishers, ...gates];
    },
    publishersBefore: ({ stacks }) => {
      const own = [...new Set(stacks.flatMap(publishersOf))];
      const publishers = own.length > 0 ? own : nodes.map(({ id }) => id);
      // What executes behind another stack executes behind the publishers already.
      return (stack) =>
        stack.dependencies.length > 0 ? [] : publishers.filter((publisher) => !early(stack).includes(publisher));
    },
  };
}

async function planWaveDeployment(
  input: WaveInput,
  deployment: Deployment,
  assembled: Assembly['deployments'][number],
  { entryOf, publishersBefore }: Entries,
): Promise<Laid> {
  const { wave, problems, notes } = input;
  const place: LowerPlace = { ...input.place, deploymentEnv: deployment.env };
  const choice = choosePrepareMode(deployment, assembled.stacks);
  const texts = [
    ...choice.notes,
    ...elsewhereNotes(deployment, assembled.stacks),
    ...(input.capabilities.terminationProtection ? [] : protectionNotes(assembled.stacks)),
  ];
  notes.push(...texts.map((text) => ({ about: deployment.name, text })));
  problems.push(...choice.problems);
  if (choice.mode === false && !isEmptyWorkflow(deployment.changes))
    problems.push(words.changesWithoutChangeSet(deployment.path, deployment.name));
  return planDeployment({
    deployment,
    assembled,
    choice,
    group: wave.name,
    changes: await lowerWorkflow(deployment.changes, place, problems),
    approvals: await lowerWorkflow(deployment.approvals, place, problems),
    entryOf,
    publishersBefore: publishersBefore(assembled),
    layOutGate: (step, after, stack) =>
      single(
        step.position === 'change'
          ? reviewNode(
              input,
              deployment,
              step,
              after,
              stack === undefined ? assembled.stacks.map(({ id }) => id) : [stack],
            )
          : approveNode(placeOf(input), step, after, deployment),
      ),
  });
}

function single(node: PlanNode): Laid {
  return { nodes: [node], exits: [node.id] };
}

function reviewNode(
  input: WaveInput,
  deployment: Deployment,
  step: Step,
  after: readonly string[],
  stacks: readonly string[],
): ReviewNode {
  const isPerStack =
    stacks.length === 1 &&
    input.assembly.deployments.some(({ name, stacks: all }) => name === deployment.name && all.length > 1);
  const [only] = stacks;
  const suffix = isPerStack && only !== undefined ? [only] : [];
  return {
    type: 'review',
    id: [step.id, ...suffix].join(':'),
    name: actionName(deployment.name, nameInOwner(step), ...suffix),
    ...gateParts(placeOf(input), step, after),
    deployment: deployment.name,
    stacks,
  };
}

function placeOf({ wave, place }: WaveInput): GatePlace {
  return { group: wave.name, registry: place.registry };
}
