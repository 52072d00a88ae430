/** The story of `cdkpipe rollback RUN`, top to bottom: what may go back, whether it shall, and how it went. */
import { type Assembly, deploymentsOf, type Environment, type Plan, refused, unreachable } from '@cdkpipe/core';
import type { OpenedProject } from '@cdkpipe/core/host';
import type { Deployer } from '@cdkpipe/deployer-cloudformation';
import { systemClock } from '../contract/clock.ts';
import { carryOutRollback } from '../engine/carry-out-rollback.ts';
import type { Person, RunEvent, RunMode } from '../journal/run-event.ts';
import * as runWords from '../problems/problems.ts';
import * as words from '../problems/rollback-problems.ts';
import { tidyAfterRun } from '../prune/tidy-after-run.ts';
import { type StackOnItsWayBack, stacksToRollBack } from '../state/plan-rollback.ts';
import { findOpenRollback, type RollbackState } from '../state/rollback-state.ts';
import { emptyRun, foldRecords, type RunState } from '../state/run-state.ts';
import { resolveRun } from '../store/resolve-run.ts';
import { openRunStore, type RunStore } from '../store/run-store.ts';
import { digestPlan } from '../work/digests.ts';
import { runPaths } from '../work/paths.ts';
import { rollBackStack } from '../work/rollback-work.ts';
import type { SealedAssembly } from '../work/seal.ts';
import { openSealed } from '../work/seal-file.ts';
import { type RunNews, storeDirectory } from './run-pipeline.ts';

export interface RollbackRequest {
  readonly project: OpenedProject;
  readonly run: string;
  /** Makes the deployer for the mode that the run had; `store` is where it has kept what it needs. */
  readonly makeDeployer: (mode: RunMode, store: string) => Promise<Deployer>;
  /** Names of deployments; all that the run has touched when empty. */
  readonly deployments: readonly string[];
  /** Goes on although the definition is not that of the run. */
  readonly acceptChange: boolean;
  readonly concurrency: number;
  readonly person: Person;
  readonly reason?: string;
  /** Asked once, before anything is written or changed; a rejection ends it there. */
  confirm(preview: RollbackPreview): Promise<void>;
  readonly stop: AbortSignal;
  readonly kill: AbortSignal;
  readonly environment: NodeJS.ProcessEnv;
  observe(event: RunNews): unknown;
}

export interface RollbackPreview {
  readonly run: string;
  readonly pipeline: string;
  readonly mode: RunMode;
  /** In the order in which they go back. */
  readonly stacks: readonly { readonly stack: string; readonly stackName: string; readonly env: Environment }[];
}

export interface RollbackReport {
  readonly run: string;
  readonly end: 'complete' | 'incomplete' | 'interrupted';
  /** Absent where it was stopped before it had begun. */
  readonly rollback?: RollbackState;
}

/**
 * @throws CdkpipeError `RUN_UNKNOWN`, `RUN_IN_PROGRESS` where the run still goes, `NOTHING_TO_ROLL_BACK` where it has
 *   been done before, `DEPLOYMENT_UNKNOWN`, `ROLLBACK_UNFINISHED`, `DEFINITION_CHANGED`
 */
export async function rollBackRun(asked: RollbackRequest): Promise<RollbackReport> {
  const store = openRunStore(storeDirectory(asked.project.directory));
  try {
    const run = resolveRun(store, asked.run);
    const request = { ...asked, run };
    store.take(run, new Date());
    try {
      const report = await rollBack(request, store);
      // A run that was interrupted or waited has ended by it.
      if (report.end !== 'interrupted') await tidyAfterRun(store, request.project, request.observe);
      return report;
    } finally {
      store.release(run);
    }
  } finally {
    store.close();
  }
}

async function rollBack(request: RollbackRequest, store: RunStore): Promise<RollbackReport> {
  const { run, project, person: by, reason } = request;
  let state = foldRecords(emptyRun, store.read(run));
  const deployments = chooseDeployments(request, state);
  const { plan, assembly, sealed, changed } = await planOfRun(request, store, state);
  const stacks = stacksToRollBack(plan, state, deployments);
  if (stacks.length === 0 && !findOpenRollback(state.rollbacks))
    throw refused([words.nothingToRollBack(run, whyNothing(state, deployments))]);
  const mode = state.started?.mode ?? 'rehearsal';
  const deployer = await request.makeDeployer(mode, store.directory);
  const pipeline = project.pipeline.name;
  await request.confirm({ run, pipeline, mode, stacks: stacks.map((stack) => placeOf(stack, assembly)) });

  if (request.stop.aborted) return { run, end: 'interrupted' };
  const clock = systemClock(state.started?.clockOffset);
  const append = (event: RunEvent): void => {
    const record = store.append(run, clock.now(), event);
    state = foldRecords(state, [record]);
    request.observe({ type: 'record', record, past: false });
  };
  request.observe({ type: 'run', run, resumed: true, mode });
  if (changed) append({ type: 'changeAccepted', ...changed, by });
  // A run that was laid down half-way cannot go on from what is about to be taken away.
  if (!state.ended) append({ type: 'runEnded', outcome: 'rejected', reason: `rolled back by ${by.user}` });
  const work = {
    run,
    projectDirectory: project.directory,
    sourceRoot: project.sourceRoot,
    paths: runPaths(store.directory, run),
    deployer,
    clock,
    skipBuild: true,
    identities: undefined,
    checkAssembly: project.checkAssembly,
    faults: [],
    ringing: [],
    outer: request.environment,
    assembly: () => assembly,
    sealed: () => sealed,
    renderStep: project.renderStep,
    runStep: project.runStep,
    tell: (node: string, line: string) => request.observe({ type: 'log', node, line }),
  };
  const isOver = await carryOutRollback({
    stacks,
    wanted: { trigger: 'command', deployments, ...(reason === undefined ? {} : { reason }) },
    by,
    concurrency: request.concurrency,
    state: () => state,
    append,
    rollBack: (stack) => rollBackStack(work, plan, stack, request.kill),
    stop: AbortSignal.any([request.stop, request.kill]),
    force: request.kill,
  });
  const rollback = state.rollbacks.at(-1);
  const end = isOver ? (rollback?.ended?.outcome ?? 'incomplete') : 'interrupted';
  return { run, end, ...(rollback ? { rollback } : {}) };
}

/** Those asked for, or all; a rollback that was interrupted is gone on with as it was begun. */
function chooseDeployments({ run, project, deployments }: RollbackRequest, state: RunState): readonly string[] {
  if (state.started?.pipeline !== project.pipeline.name)
    throw refused([runWords.runOfOtherPipeline(run, state.started?.pipeline ?? '', project.pipeline.name)]);
  const known = deploymentsOf(project.pipeline).map(({ name }) => name);
  const unknown = deployments.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw refused(unknown.map((name) => words.deploymentUnknown(name, known)));
  const open = findOpenRollback(state.rollbacks);
  if (!open) return deployments.length === 0 ? known : deployments;
  const mode = state.started.mode === 'deploy' ? '--deploy' : '--rehearse';
  if (!state.ended)
    throw refused([words.rollbackUnfinished(run, open.deployments, `cdkpipe run ${mode} --resume ${run}`)]);
  const isSame = deployments.length === 0 || deployments.toSorted().join() === open.deployments.toSorted().join();
  if (!isSame) throw refused([words.rollbackUnfinished(run, open.deployments, `cdkpipe rollback ${run}`)]);
  return open.deployments;
}

interface PlannedRun {
  readonly plan: Plan;
  readonly assembly: Assembly;
  readonly sealed: SealedAssembly;
  readonly changed?: { readonly from: string; readonly to: string };
}

/** The plan that the run has followed, from the assembly that it has kept. */
async function planOfRun(
  { run, project, acceptChange }: RollbackRequest,
  store: RunStore,
  { digest, seal }: RunState,
): Promise<PlannedRun> {
  if (digest === undefined) throw refused([words.nothingToRollBack(run, 'it never came to a plan')]);
  const sealed = await openSealed(runPaths(store.directory, run), seal);
  const { plan, assembly } = await project.planFrom(sealed.directory);
  const found = digestPlan(plan, sealed.seal);
  if (found === digest) return { plan, assembly, sealed };
  if (!acceptChange) throw refused([runWords.definitionChanged(run, digest, found)]);
  return { plan, assembly, sealed, changed: { from: digest, to: found } };
}

function whyNothing({ rollbacks }: RunState, deployments: readonly string[]): string {
  const earlier = rollbacks.findLast((each) => each.deployments.some((name) => deployments.includes(name)));
  if (!earlier) return `it has not executed any stack of ${deployments.join(', ')}`;
  const by = earlier.trigger === 'auto' ? 'the run itself has taken it back' : `${earlier.by.user} has done it`;
  return `${by} at ${earlier.ended?.at ?? earlier.at}`;
}

function placeOf({ id, node }: StackOnItsWayBack, { deployments }: Assembly): RollbackPreview['stacks'][number] {
  const stacks = deployments.find(({ name }) => name === node.deployment)?.stacks;
  const { stackName, env } = stacks?.find((each) => each.id === node.stack) ?? unreachable(`no stack ${id}`);
  return { stack: id, stackName, env };
}
