/** All that was recorded as data. */
import type { OldApp, OldPipeline, OldStack, OldStage, OldStep } from '../old-app/old-app.ts';
import { siteOf } from './call-site.ts';
import { constructed, loadedFiles } from './constructed.ts';
import { bagOf, describeProject } from './describe-project.ts';
import { describeStageOf } from './describe-stage.ts';
import { describeStep, type LiveStep } from './describe-step.ts';
import { describeWorkflow, environmentOf } from './describe-workflow.ts';
import { plainText, type Tokens } from './plain-value.ts';

type Bag = Readonly<Record<string, unknown>>;

/** Undefined where the process has constructed no app. */
export function describeApp(): OldApp | undefined {
  const all = [...constructed.values()];
  const apps = all.filter(({ object }) => isOf(object, 'core/lib/app.js', 'App'));
  const pipelines = all.filter(
    ({ object }) =>
      isOf(object, 'pipelines/lib/codepipeline/codepipeline.js', 'CodePipeline') ||
      isOf(object, 'github/lib/pipeline.js', 'GitHubWorkflow'),
  );
  if (apps.length === 0 && pipelines.length === 0) return undefined;
  const tokens = loadedFiles.get('core/lib/token.js') as unknown as Tokens;
  const entries = apps.flatMap(({ object, stack }) => siteOf(stack, object.constructor.name).at?.file ?? []);
  return {
    pipelines: pipelines.map(({ object, args, stack }) =>
      describePipeline(object, { props: bagOf(args[2]), stack }, tokens),
    ),
    entries: [...new Set(entries)],
  };
}

function isOf(object: object, file: string, className: string): boolean {
  const Class = loadedFiles.get(file)?.[className];
  return typeof Class === 'function' && object instanceof Class;
}

function describePipeline(
  pipeline: object,
  { props, stack }: { readonly props: Bag; readonly stack: string },
  tokens: Tokens,
): OldPipeline {
  const { node, waves, synth } = bagOf(pipeline);
  const isGitHub = isOf(pipeline, 'github/lib/pipeline.js', 'GitHubWorkflow');
  // A workflow is no resource, so it need not be in a stack.
  const own = bagOf((bagOf(node).scopes as readonly object[]).findLast((scope) => 'templateFile' in scope) ?? pipeline);
  const { at } = siteOf(stack, pipeline.constructor.name);
  const name = plainText(props.pipelineName, tokens);
  const synthStep = producerOf(synth);
  return {
    ...(name !== undefined && { name }),
    stack: String(bagOf(own.node).id),
    path: String(bagOf(node).path),
    env: describeEnv(own, tokens),
    synth: describeStep(synthStep, tokens),
    waves: (waves as readonly Bag[]).map((wave) => ({
      id: String(wave.id),
      pre: stepsIn(wave.pre, tokens),
      post: stepsIn(wave.post, tokens),
      stages: (wave.stages as readonly Bag[]).map((stage) => describeDeployment(stage, pipeline, tokens)),
    })),
    others: everythingBelow([synthStep, ...(waves as readonly Bag[]).flatMap(stepsOfWave)]).map((step) =>
      describeStep(step, tokens),
    ),
    options: describeOptions(props, tokens),
    ...(isGitHub && { gitHub: describeWorkflow(bagOf(pipeline), props) }),
    ...(at && { at }),
  };
}

/** `synth` is a step or a file set of one. */
function producerOf(synth: unknown): LiveStep {
  return (
    bagOf(synth).commands === undefined ? (bagOf(bagOf(synth).primaryOutput).producer ?? synth) : synth
  ) as LiveStep;
}

function describeEnv(stack: Bag, tokens: Tokens): OldPipeline['env'] {
  const [account, region] = [plainText(stack.account, tokens), plainText(stack.region, tokens)];
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

function describeDeployment(deployment: Bag, pipeline: object, tokens: Tokens): OldStage {
  const stacks = deployment.stacks as readonly Bag[];
  const described = describeStageOf(String(stacks[0]?.constructPath), tokens);
  const path = [described.above, described.id].filter((part) => part !== '').join('/');
  const idOf = (stack: Bag) => String(stack.constructPath).slice(path.length + 1);
  const stackSteps = stacks.flatMap((stack) =>
    (['pre', 'changeSet', 'post'] as const).flatMap((when) =>
      stepsIn(stack[when], tokens).map((step) => ({ stack: idOf(stack), when, step })),
    ),
  );
  const gitHubEnvironment = environmentOf(bagOf(pipeline), stacks);
  return {
    ...described,
    ...(gitHubEnvironment !== undefined && { gitHubEnvironment }),
    stacks: stacks.map((stack): OldStack => ({ artifact: String(stack.stackArtifactId), id: idOf(stack) })),
    pre: stepsIn(deployment.pre, tokens),
    post: stepsIn(deployment.post, tokens),
    stackSteps,
    preparesChangeSets: deployment.prepareStep !== false,
  };
}

function stepsIn(steps: unknown, tokens: Tokens): OldStep[] {
  return (steps as readonly LiveStep[]).map((step) => describeStep(step, tokens));
}

function stepsOfWave(wave: Bag): LiveStep[] {
  const ofStages = (wave.stages as readonly Bag[]).flatMap(({ pre, post, stacks }) => [
    pre,
    post,
    ...(stacks as readonly Bag[]).flatMap((stack) => [stack.pre, stack.changeSet, stack.post]),
  ]);
  return [wave.pre, wave.post, ...ofStages].flatMap((steps) => steps as readonly LiveStep[]);
}

function everythingBelow(steps: readonly LiveStep[]): LiveStep[] {
  const found = new Set<LiveStep>();
  const visit = (step: LiveStep): void => {
    if (found.has(step)) return;
    found.add(step);
    step.dependencies.forEach(visit);
  };
  steps.forEach((step) => void step.dependencies.forEach(visit));
  return [...found];
}

const optionsWithoutPlace = [
  'role',
  'artifactBucket',
  'crossRegionReplicationBuckets',
  'codePipeline',
  'dockerCredentials',
  'reuseCrossRegionSupportStacks',
  'usePipelineRoleForActions',
];

function describeOptions(props: Bag, tokens: Tokens): OldPipeline['options'] {
  const layers = {
    all: props.codeBuildDefaults,
    build: props.synthCodeBuildDefaults,
    assets: props.assetPublishingCodeBuildDefaults,
    selfUpdate: props.selfMutationCodeBuildDefaults,
  };
  const defaults = Object.entries(layers).flatMap(([layer, options]) =>
    options === undefined ? [] : [[layer, describeProject(bagOf(options), tokens)]],
  );
  return {
    selfMutation: props.selfMutation !== false,
    useChangeSets: props.useChangeSets !== false,
    publishEach: props.publishAssetsInParallel === true,
    dockerForSynth: props.dockerEnabledForSynth === true,
    dockerForSelfMutation: props.dockerEnabledForSelfMutation === true,
    ...(typeof props.executionMode === 'string' && { executionMode: props.executionMode }),
    defaults: Object.fromEntries(defaults),
    other: optionsWithoutPlace.filter((name) => props[name] !== undefined),
  };
}
