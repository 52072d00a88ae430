/** The work behind each type of node: the one place where the plan's words become deeds. */
import { existsSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Assembly, givenContextVariables, type Plan, type PlanNode, unreachable } from '@cdkpipe/core';
import type { OpenedProject } from '@cdkpipe/core/host';
import type { Deployer, DeployTools, Prepared, StackTarget } from '@cdkpipe/deployer-cloudformation';
import { sayChanges } from '@cdkpipe/deployer-cloudformation';
import type { Identities } from '../contract/options.ts';
import type { LocalTask, TaskTools } from '../contract/renderer.ts';
import type { Work, WorkEnd } from '../state/course.ts';
import type { RunState } from '../state/run-state.ts';
import { findValue, type ValuePlace } from './find-value.ts';
import { gateQuestion } from './gate-question.ts';
import { makeContext } from './local-context.ts';
import { doLogged, type WorkPlace } from './logged-work.ts';
import { passByItself } from './pass-by-itself.ts';
import { type RunPaths, resolveInside } from './paths.ts';
import { copyForPublishing } from './publish-sealed.ts';
import { readAction, readTaskResult } from './read-declared.ts';
import { type SealedAssembly, verifySeal } from './seal.ts';
import { readSourceAttributes } from './source-attributes.ts';
import { copySource, copyTree, replaceDirectory } from './source-tree.ts';
import { checkOutput, findOutputs, forgetOutputs, layOutput } from './step-outputs.ts';
import { readTaskLimit, whileActive } from './while-active.ts';

export interface WorkInput extends WorkPlace {
  readonly run: string;
  /** Directory of the definition. */
  readonly projectDirectory: string;
  /** Root of the source in the working tree. */
  readonly sourceRoot: string;
  readonly deployer: Deployer;
  readonly skipBuild: boolean;
  /** Whose answers count, as the definition says. */
  readonly identities: Identities | undefined;
  /** IDs of nodes that a rehearsal makes fail. */
  readonly faults: readonly string[];
  /** Alarms that a rehearsal makes go off. */
  readonly ringing: readonly string[];
  /** Refuses an assembly that the definition as it is now did not make. */
  checkAssembly(directory: string): void;
  /** The assembly, once there is one. */
  assembly(): Assembly | undefined;
  readonly renderStep: OpenedProject['renderStep'];
  /** Ends with what the plugin behind the step does to the process. */
  runStep<T>(node: PlanNode, work: () => Promise<T>): Promise<T>;
}

/** A build without a time-out of its own gets CodeBuild's. */
const defaultBuildTimeout = 60;

export async function workOf(input: WorkInput, plan: Plan, node: PlanNode, state: RunState): Promise<Work> {
  if (input.faults.includes(node.id))
    return task(input, plan, node, 'safe', async () => ({
      outcome: 'failed',
      reason: `made to fail by --fail ${node.id}`,
    }));
  switch (node.type) {
    case 'source':
      return task(input, plan, node, 'safe', () => fetchSource(input, plan, node));
    case 'build':
      if (input.skipBuild) return task(input, plan, node, 'safe', () => skipBuild(input, plan, node));
      return node.work.role === 'main'
        ? task(input, plan, node, 'safe', (_, tools) =>
            runBuild(input, { plan, state, node, mode: input.deployer.mode }, tools),
          )
        : stepWork(input, plan, node, state);
    case 'update':
      return unreachable('a local run does not update itself');
    case 'publish': {
      const { env, manifests, id } = node;
      return task(input, plan, node, input.deployer.retry.publish, async (signal, tools) => {
        const assemblyDirectory = await tools.scratch();
        await copyForPublishing(sealedOf(input), manifests, assemblyDirectory);
        const target = { run: input.run, node: id, env, manifests, assemblyDirectory };
        return { outcome: 'succeeded', summary: await input.deployer.publish(target, deployTools(signal, tools)) };
      });
    }
    case 'prepare':
      return task(input, plan, node, input.deployer.retry.prepare, async (signal, tools) => {
        await verifySeal(sealedOf(input));
        const result = await input.deployer.prepare(stackTarget(input, node), deployTools(signal, tools));
        const { lateValues = [] } = result.changes;
        return { outcome: 'succeeded', summary: [sayChanges(result.changes), ...lateValues].join('; '), result };
      });
    case 'execute':
      return task(input, plan, node, input.deployer.retry.execute, async (signal, tools) => {
        const prepared = node.changeSet ? findPrepared(plan, state, node.deployment, node.stack) : undefined;
        await verifySeal(sealedOf(input));
        const result = await input.deployer.execute(stackTarget(input, node), prepared, deployTools(signal, tools));
        return { outcome: 'succeeded', summary: result.summary, result };
      });
    case 'review':
    case 'approve':
      return stepWork(input, plan, node, state);
  }
}

async function stepWork(input: WorkInput, plan: Plan, node: PlanNode, state: RunState): Promise<Work> {
  const sealed = input.sealed();
  if (sealed) await verifySeal(sealed);
  const context = makeContext({
    plan,
    node,
    state,
    run: input.run,
    mode: input.deployer.mode,
    projectDirectory: input.projectDirectory,
    assemblyDirectory: sealed?.directory,
    ringing: input.ringing,
    templateOf: (deployment, stack) => templateFile(input, deployment, stack),
  });
  const action = await input.renderStep(node, context, readAction);
  if (action.type === 'question') {
    const summary = passByItself(action, context);
    if (summary !== undefined) return task(input, plan, node, 'safe', async () => ({ outcome: 'succeeded', summary }));
    const asking = { now: input.clock.now(), identities: input.identities };
    return { type: 'question', question: gateQuestion(node, action, context, state, asking) };
  }
  return task(input, plan, node, action.retry, async (signal, tools) => {
    const place = { plan, node, paths: input.paths };
    for (const name of action.keeps ?? []) checkOutput(place, name);
    await forgetOutputs(place);
    return input.runStep(node, () => runTask(action, signal, tools, node, readTaskLimit(input.outer)));
  });
}

async function runTask(
  action: LocalTask,
  signal: AbortSignal,
  tools: TaskTools,
  node: PlanNode,
  limitMs: number,
): Promise<WorkEnd> {
  const result = readTaskResult(await whileActive(signal, tools, limitMs, node, (...given) => action.run(...given)));
  if (!result.approved) return { outcome: 'failed', reason: result.reason };
  const { summary, exports } = result;
  return {
    outcome: 'succeeded',
    ...(summary === undefined ? {} : { summary }),
    ...(exports === undefined ? {} : { result: { exports } }),
  };
}

/** Wraps work with its log, its tools and its end. */
function task(
  input: WorkInput,
  plan: Plan,
  node: PlanNode,
  retry: LocalTask['retry'],
  run: (signal: AbortSignal, tools: TaskTools) => Promise<WorkEnd>,
): Work {
  return {
    type: 'task',
    retry,
    run: (signal) =>
      doLogged<WorkEnd>(input, {
        plan,
        node,
        name: node.id,
        signal,
        run,
        failed: (reason) => ({ outcome: 'failed', reason }),
        redacted: (end, redact) => ({
          ...end,
          ...(end.reason === undefined ? {} : { reason: redact(end.reason) }),
          ...(end.summary === undefined ? {} : { summary: redact(end.summary) }),
        }),
      }),
  };
}

async function fetchSource(
  { sourceRoot, paths, skipBuild }: WorkInput,
  plan: Plan,
  { directory, source }: Extract<PlanNode, { type: 'source' }>,
): Promise<WorkEnd> {
  const additional = plan.pipeline.additionalSources.map((source) => source.directory);
  if (directory === undefined) {
    await copySource(sourceRoot, paths.source, [...additional, plan.pipeline.build.output]);
    const attributes = await readSourceAttributes(source, sourceRoot, true);
    return { outcome: 'succeeded', summary: 'the working tree', result: { attributes } };
  }
  if (!existsSync(join(sourceRoot, directory))) {
    if (skipBuild) return { outcome: 'skipped', summary: 'not in the working tree; only the build needs it' };
    const reason = `the additional source "${directory}" is not in the working tree: lay a copy there, or run with --skip-build`;
    return { outcome: 'failed', reason };
  }
  const from = resolveInside(sourceRoot, directory);
  await replaceDirectory(join(paths.additional, directory), (fresh) => copyTree(from, fresh));
  const attributes = await readSourceAttributes(source, from, false);
  return { outcome: 'succeeded', summary: `${directory} of the working tree`, result: { attributes } };
}

async function runBuild({ paths, ...input }: WorkInput, place: ValuePlace, tools: TaskTools): Promise<WorkEnd> {
  const { build, additionalSources } = place.plan.pipeline;
  const outputs = findOutputs({ ...place, paths });
  await replaceDirectory(paths.build, async (fresh) => {
    await copyTree(paths.source, fresh);
    for (const { directory } of additionalSources)
      await copyTree(join(paths.additional, directory), join(fresh, directory));
    for (const [name, output] of outputs) await layOutput(output, fresh, name);
  });
  const { commands, env, timeout = defaultBuildTimeout } = build;
  const texts = Object.entries(env).map(
    ([name, value]) => [name, typeof value === 'string' ? value : findValue(place, value)] as const,
  );
  const script = build.script === undefined ? [] : [runScript];
  const variables = build.script === undefined ? {} : { CDKPIPE_SCRIPT: build.script };
  const work = { ...build, commands: [...script, ...commands] };
  const result = await tools.build(work, {
    cwd: paths.build,
    env: { ...Object.fromEntries(texts), ...variables, ...givenContextVariables(place.state.started?.context) },
    timeout,
    exports: build.exports ?? [],
  });
  if (!result.approved) return { outcome: 'failed', reason: result.reason };
  const end = await keepAssembly(paths.build, build.output, paths, whereItIs(paths.build, input));
  return result.exports === undefined ? end : { ...end, result: { exports: result.exports } };
}

/** In a monorepo the usual mistake is an `output` that is not relative to the root of the source. */
function whereItIs(
  workspace: string,
  { sourceRoot, projectDirectory }: Pick<WorkInput, 'sourceRoot' | 'projectDirectory'>,
): string {
  const place = relative(realpathSync(sourceRoot), realpathSync(projectDirectory));
  const usual = join(place, 'cdk.out').split(sep).join('/');
  return existsSync(join(workspace, usual, 'manifest.json'))
    ? `the build has left one in "${usual}", so leave out \`output\` of the build or write that`
    : 'let the build end with `npx cdkpipe synth`';
}

/** The path of `build.script` reaches the shell as a variable only. */
const runScript = 'chmod +x -- "$CDKPIPE_SCRIPT" && "./$CDKPIPE_SCRIPT"';

async function skipBuild(
  { sourceRoot, paths, checkAssembly }: WorkInput,
  { pipeline }: Plan,
  node: Extract<PlanNode, { type: 'build' }>,
): Promise<WorkEnd> {
  if (node.work.role === 'step') return { outcome: 'skipped' };
  const { output } = pipeline.build;
  const end = await keepAssembly(
    sourceRoot,
    output,
    paths,
    'make one with `npx cdkpipe synth`, or run without --skip-build',
  );
  if (end.outcome !== 'succeeded') return end;
  // The copy, as the original may be written anew meanwhile.
  checkAssembly(paths.assembly);
  return { ...end, outcome: 'skipped' };
}

async function keepAssembly(root: string, output: string, paths: RunPaths, fix: string): Promise<WorkEnd> {
  if (!existsSync(join(root, output, 'manifest.json')))
    return { outcome: 'failed', reason: `"${output}" holds no cloud assembly: ${fix}` };
  const from = resolveInside(root, output);
  await replaceDirectory(paths.assembly, (fresh) => copyTree(from, fresh));
  return { outcome: 'succeeded', summary: `the cloud assembly in ${output}` };
}

/** What everything is deployed from. */
export function sealedOf(input: WorkInput): SealedAssembly {
  return input.sealed() ?? unreachable('nothing is deployed before the assembly is sealed');
}

export function deployTools(signal: AbortSignal, tools: TaskTools): DeployTools {
  return { signal, log: tools.log, sleep: tools.sleep };
}

export function stackTarget(input: WorkInput, node: Extract<PlanNode, { type: 'prepare' | 'execute' }>): StackTarget {
  return {
    run: input.run,
    node: node.id,
    deployment: node.deployment,
    stack: stackOf(input, node.deployment, node.stack),
    assemblyDirectory: input.paths.sealed,
    templateFile: templateFile(input, node.deployment, node.stack),
    deployedTogether: input.assembly()?.deployments.find(({ name }) => name === node.deployment)?.stacks ?? [],
  };
}

function templateFile(input: WorkInput, deployment: string, stack: string): string {
  return join(input.paths.sealed, stackOf(input, deployment, stack).templateFile);
}

function stackOf(input: WorkInput, deployment: string, stack: string) {
  const found = input
    .assembly()
    ?.deployments.find(({ name }) => name === deployment)
    ?.stacks.find(({ id }) => id === stack);
  return found ?? unreachable(`no stack ${deployment}/${stack}`);
}

function findPrepared(plan: Plan, state: RunState, deployment: string, stack: string): Prepared {
  const node = plan.nodes.find(
    (each) => each.type === 'prepare' && each.deployment === deployment && each.stack === stack,
  );
  const prepared = node && (state.nodes.get(node.id)?.result as Prepared | undefined);
  return prepared ?? unreachable(`no change set of ${deployment}/${stack}`);
}
