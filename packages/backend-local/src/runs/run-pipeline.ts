/** The story of `cdkpipe run`, top to bottom: begin or resume, carry on, and say how it ended. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AssembledStack,
  type Assembly,
  isGate,
  type Pipeline,
  type Plan,
  type PlanNode,
  refused,
  stateDirectory,
  suggest,
} from '@cdkpipe/core';
import type { OpenedProject } from '@cdkpipe/core/host';
import type { Deployer } from '@cdkpipe/deployer-cloudformation';
import { type Clock, skippingClock, systemClock } from '../contract/clock.ts';
import type { LocalOptions } from '../contract/options.ts';
import { runEngine } from '../engine/engine.ts';
import type { EngineEnd, Terminal } from '../engine/engine-input.ts';
import type { JournalRecord } from '../journal/record.ts';
import type { Person } from '../journal/run-event.ts';
import * as words from '../problems/problems.ts';
import { tidyAfterRun } from '../prune/tidy-after-run.ts';
import { checkAlarms } from '../rehearse/forced-alarm.ts';
import { checkFaults } from '../rehearse/injected-fault.ts';
import { chooseRetry } from '../state/choose-retry.ts';
import { emptyRun, foldRecords, type RunState } from '../state/run-state.ts';
import { resolveRun } from '../store/resolve-run.ts';
import { openRunStore, type RunStore } from '../store/run-store.ts';
import { digestModel, digestPlan } from '../work/digests.ts';
import { readLogLimit } from '../work/log-limit.ts';
import { workOf } from '../work/node-work.ts';
import { type RunPaths, runPaths } from '../work/paths.ts';
import { rollBackStack } from '../work/rollback-work.ts';
import { digestSeal, type SealedAssembly, sealAssembly } from '../work/seal.ts';
import { openSealed, writeSeal } from '../work/seal-file.ts';
import { readSourceState } from '../work/source-tree.ts';
import { chooseVariables } from './choose-variables.ts';

export interface RunRequest {
  readonly project: OpenedProject;
  /** Makes the deployer; `store` is where it may keep what it needs between runs. */
  readonly makeDeployer: (project: OpenedProject, store: string) => Deployer;
  /** The run to go on with, as `resolveRun` takes it; a new one is begun when absent. */
  readonly resume?: string;
  /** Runs what failed in `resume` again. */
  readonly retry?: boolean;
  /** Uses the assembly that lies in the build's output directory. */
  readonly skipBuild: boolean;
  readonly concurrency: number;
  /** Values of the pipeline's variables; a run that is resumed keeps those that it began with. */
  readonly variables: Readonly<Record<string, string>>;
  /** CDK context for `cdkpipe synth` in the build; a run that is resumed keeps that with which it began. */
  readonly context?: Readonly<Record<string, string>>;
  /** Goes on although the definition, the plan or the assembly is not what the run began with. */
  readonly acceptChange: boolean;
  /** IDs of nodes that are to fail; in rehearsals only. */
  readonly faults: readonly string[];
  /** Alarms that are to go off, by name or ARN; in rehearsals only. */
  readonly alarms: readonly string[];
  /** Passes over what only waits for time; in rehearsals only. */
  readonly skipWaits: boolean;
  /** Sets the run's clock; in rehearsals only. */
  readonly at?: Date;
  readonly person: Person;
  readonly terminal?: Terminal;
  /** Answers given beforehand, for gates of the plan. */
  readonly answers: readonly PreparedAnswer[];
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
  observe(event: RunNews): void;
}

/** An answer to a question that has not been asked yet. */
export interface PreparedAnswer {
  /** ID of the gate or of its node; `*` for every gate that no other answer names. */
  readonly step: string;
  readonly decision: 'approve' | 'reject';
  readonly comment?: string;
}

/** What a run tells whoever watches. */
export type RunNews =
  | { readonly type: 'run'; readonly run: string; readonly resumed: boolean; readonly mode: Deployer['mode'] }
  | { readonly type: 'plan'; readonly plan: Plan }
  /** `past`: written down before this process began to work on the run. */
  | { readonly type: 'record'; readonly record: JournalRecord; readonly past: boolean }
  /** About the plan as a whole; nothing fails for it. */
  | { readonly type: 'remark'; readonly text: string }
  | { readonly type: 'log'; readonly node: string; readonly line: string };

export interface RunReport {
  readonly run: string;
  readonly end: EngineEnd;
  readonly state: RunState;
}

/** `.cdkpipe` of a project. */
export function storeDirectory(projectDirectory: string): string {
  return stateDirectory(projectDirectory);
}

/**
 * @throws CdkpipeError (`source: 'user'`) where the run cannot begin, go on, or be written down
 */
export async function runPipeline(request: RunRequest): Promise<RunReport> {
  const directory = storeDirectory(request.project.directory);
  const deployer = request.makeDeployer(request.project, directory);
  refuseInReality(request, deployer);
  readLogLimit(request.environment);
  const store = openRunStore(directory);
  try {
    const opened =
      request.resume === undefined
        ? await beginRun(request, deployer, store)
        : await resumeRun(request, resolveRun(store, request.resume), deployer, store);
    try {
      const report = await carryOn(request, deployer, store, opened);
      if (report.state.ended) await tidyAfterRun(store, request.project, request.observe);
      return report;
    } finally {
      store.release(opened.run);
    }
  } finally {
    store.close();
  }
}

interface OpenedRun {
  readonly run: string;
  readonly resumed: boolean;
  readonly skipBuild: boolean;
  readonly clock: Clock;
  readonly whole?: { readonly plan: Plan; readonly assembly: Assembly; readonly sealed: SealedAssembly };
  readonly changed: boolean;
}

/** A clock that was set or a fault that was made up may only decide what nobody relies on. */
function refuseInReality({ at, faults, alarms, skipWaits }: RunRequest, { mode }: Deployer): void {
  if (mode === 'rehearsal') return;
  const flags = [
    ...(at ? ['--at'] : []),
    ...(faults.length > 0 ? ['--fail'] : []),
    ...(alarms.length > 0 ? ['--alarm'] : []),
    ...(skipWaits ? ['--skip-waits'] : []),
  ];
  if (flags.length > 0) throw refused(flags.map(words.onlyInRehearsal));
}

async function beginRun(request: RunRequest, deployer: Deployer, store: RunStore): Promise<OpenedRun> {
  const { project, skipBuild, skipWaits, at, person, context = {} } = request;
  const variables = chooseVariables(project.pipeline, request.variables);
  if (skipBuild) checkSkippedBuild(project);
  const clockOffset = at === undefined ? 0 : at.getTime() - Date.now();
  const clock = clockOf(clockOffset, skipWaits);
  const now = clock.now();
  const source = await readSourceState(project.sourceRoot);
  const run = `${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomBytes(2).toString('hex')}`;
  store.begin(
    run,
    {
      type: 'runStarted',
      pipeline: project.pipeline.name,
      mode: deployer.mode,
      deployer: deployer.name,
      source,
      skipBuild,
      model: digestModel(project.pipeline),
      ...(variables ? { variables } : {}),
      ...(Object.keys(context).length > 0 ? { context } : {}),
      ...(clockOffset === 0 ? {} : { clockOffset }),
      ...(skipWaits ? { skipsWaits: true } : {}),
      by: person,
    },
    now,
  );
  return { run, resumed: false, skipBuild, clock, changed: false };
}

/** Before anything is written down; a missing assembly is the build's failure. */
function checkSkippedBuild({ sourceRoot, pipeline, checkAssembly }: OpenedProject): void {
  const output = join(sourceRoot, pipeline.build.output);
  if (existsSync(join(output, 'manifest.json'))) checkAssembly(output);
}

function clockOf(offset: number, skipsWaits: boolean): Clock {
  return skipsWaits ? skippingClock(offset) : systemClock(offset);
}

async function resumeRun(request: RunRequest, run: string, deployer: Deployer, store: RunStore): Promise<OpenedRun> {
  const { project, at, person } = request;
  const before = foldRecords(emptyRun, store.read(run));
  checkResumable(run, before, project.pipeline, deployer, request.retry);
  if (request.skipBuild && before.started?.skipBuild === false) throw refused([words.buildNotSkipped(run)]);
  const skipsWaits = request.skipWaits || before.started?.skipsWaits === true;
  const recorded = before.started?.clockOffset ?? 0;
  // What the clock has passed over is over.
  const reached = skipsWaits ? Math.max(recorded, Date.parse(before.at) - Date.now()) : recorded;
  const clock = clockOf(at === undefined ? reached : at.getTime() - Date.now(), skipsWaits);
  const { now } = clock;
  store.take(run, now());
  try {
    const state = foldRecords(emptyRun, store.read(run));
    checkResumable(run, state, project.pipeline, deployer, request.retry);
    const paths = runPaths(store.directory, run);
    const sealed = state.digest === undefined ? undefined : await openSealed(paths, state.seal);
    const whole = sealed && { ...(await project.planFrom(sealed.directory)), sealed };
    const [from, to] = whole
      ? [state.digest, digestPlan(whole.plan, whole.sealed.seal)]
      : [state.model, digestModel(project.pipeline)];
    const changed = from !== to;
    if (changed && !request.acceptChange) throw refused([words.definitionChanged(run, from ?? '', to)]);
    if (request.retry) {
      const { nodes, problems } = chooseRetry(run, whole?.plan ?? project.buildPlan, state);
      if (problems.length > 0) throw refused(problems);
      if (hasLostFiles(project.buildPlan, state, paths)) throw refused([words.runFilesRemoved(run)]);
      store.append(run, now(), { type: 'runRetried', nodes, by: person });
    }
    store.append(run, now(), { type: 'runResumed', by: person, source: await readSourceState(project.sourceRoot) });
    if (changed) store.append(run, now(), { type: 'changeAccepted', from: from ?? '', to, by: person });
    const skipBuild = state.started?.skipBuild ?? false;
    return { run, resumed: true, skipBuild, clock, changed, ...(whole ? { whole } : {}) };
  } catch (error) {
    store.release(run);
    throw error;
  }
}

/** Only the last run that failed keeps what it worked with. */
function hasLostFiles({ nodes }: Plan, state: RunState, paths: RunPaths): boolean {
  const fetched = nodes.some(({ id, type }) => type === 'source' && state.nodes.get(id)?.outcome === 'succeeded');
  return fetched && !existsSync(paths.source);
}

function checkResumable(
  run: string,
  { started, ended }: RunState,
  pipeline: Pipeline,
  deployer: Deployer,
  isRetry = false,
): void {
  if (isRetry && !ended) throw refused([words.nothingToRetry(run)]);
  if (ended && !isRetry) throw refused([words.runEnded(run, ended.outcome, ended.at)]);
  if (started?.pipeline !== pipeline.name)
    throw refused([words.runOfOtherPipeline(run, started?.pipeline ?? '', pipeline.name)]);
  if (started.mode !== deployer.mode) throw refused([words.runOfOtherMode(run, started.mode, deployer.mode)]);
}

async function carryOn(
  request: RunRequest,
  deployer: Deployer,
  store: RunStore,
  opened: OpenedRun,
): Promise<RunReport> {
  const { project, observe, faults } = request;
  const { run, whole } = opened;
  const { clock } = opened;
  const paths = runPaths(store.directory, run);
  let assembly = whole?.assembly;
  let sealed = whole?.sealed;
  let state = emptyRun;
  observe({ type: 'run', run, resumed: opened.resumed, mode: deployer.mode });
  const judgePlan = (plan: Plan, built: Assembly) => {
    checkFaults(plan, faults);
    checkAlarms(plan, request.alarms);
    checkAnswers(plan, request.answers);
    checkRehearsal(project.pipeline, built);
    for (const text of deployer.remarkOn?.(built) ?? []) observe({ type: 'remark', text });
    observe({ type: 'plan', plan });
  };
  observe({ type: 'plan', plan: project.buildPlan });
  if (whole) judgePlan(whole.plan, whole.assembly);
  const work = {
    run,
    projectDirectory: project.directory,
    sourceRoot: project.sourceRoot,
    paths,
    deployer,
    clock,
    faults,
    ringing: request.alarms,
    skipBuild: opened.skipBuild,
    identities: (project.backendOptions as LocalOptions | undefined)?.identities,
    checkAssembly: project.checkAssembly,
    outer: request.environment,
    assembly: () => assembly,
    sealed: () => sealed,
    renderStep: project.renderStep,
    runStep: project.runStep,
    tell: (node: string, line: string) => observe({ type: 'log', node, line }),
  };
  const end = await runEngine({
    run,
    store,
    clock,
    course: {
      beginning: project.buildPlan,
      ...(whole ? { whole: whole.plan } : {}),
      planWhole: async () => {
        const built = await sealAssembly(paths);
        const made = await project.planFrom(built.directory);
        judgePlan(made.plan, made.assembly);
        writeSeal(paths, built.seal);
        assembly = made.assembly;
        sealed = built;
        return { plan: made.plan, digest: digestPlan(made.plan, built.seal), seal: digestSeal(built.seal) };
      },
      workOf: (plan, node, now) => workOf(work, plan, node, now),
      rollBack: (plan, stack, signal) => rollBackStack(work, plan, stack, signal),
    },
    concurrency: request.concurrency,
    changed: opened.changed,
    person: request.person,
    ...(request.terminal ? { terminal: request.terminal } : {}),
    prepared: (node) => findNamed(request.answers, node) ?? request.answers.find(({ step }) => step === '*'),
    named: (node) => findNamed(request.answers, node),
    hooks: project.runHooks,
    stop: request.stop,
    kill: request.kill,
    tell: work.tell,
    observe: (record, past) => {
      state = foldRecords(state, [record]);
      observe({ type: 'record', record, past });
    },
  });
  return { run, end, state };
}

function findNamed(answers: readonly PreparedAnswer[], node: PlanNode): PreparedAnswer | undefined {
  return answers.find(({ step }) => step === node.id || (isGate(node) && step === node.gate));
}

/** An answer that nobody will ask for is a typing error. */
function checkAnswers(plan: Plan, answers: readonly PreparedAnswer[]): void {
  const known = plan.nodes.filter(isGate).flatMap(({ id, gate }) => [id, gate]);
  const unknown = answers.filter(({ step }) => step !== '*' && !known.includes(step));
  if (unknown.length > 0)
    throw refused(
      unknown.map(({ step, decision }) => words.gateUnknown(`--${decision}`, step, suggest(step, [...new Set(known)]))),
    );
}

/** Values for outputs that no stack has would never be used: a typing error. */
function checkRehearsal({ rehearsal }: Pipeline, assembly: Assembly): void {
  if (!rehearsal) return;
  const stacks = new Map<string, AssembledStack>(
    assembly.deployments.flatMap(({ name, stacks }) => stacks.map((stack) => [`${name}/${stack.id}`, stack] as const)),
  );
  const problems = Object.entries(rehearsal.outputs).flatMap(([name, outputs]) => {
    const stack = stacks.get(name);
    const path = `rehearsal.outputs[${JSON.stringify(name)}]`;
    if (!stack) return [words.rehearsedStackUnknown(path, name, suggest(name, [...stacks.keys()]))];
    return Object.keys(outputs)
      .filter((output) => !stack.outputs.includes(output))
      .map((output) => words.rehearsedOutputUnknown(`${path}.${output}`, name, output, suggest(output, stack.outputs)));
  });
  if (problems.length > 0) throw refused(problems);
}
