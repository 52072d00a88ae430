/** Replaces steps that a backend cannot draw by the steps their kinds lower to. */

import type { AnyKind, Plugin } from '../contracts/plugin.ts';
import type { Contribution, Registry } from '../contracts/registry.ts';
import * as words from '../errors/catalogue/planning.ts';
import { attribution, documented, pluginThrew } from '../errors/catalogue/plugins.ts';
import { isCdkpipeError, pluginFailed } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import { runAsPlugin } from '../errors/plugin-at-work.ts';
import type { Problem } from '../errors/problem.ts';
import { deepFreeze } from '../model/deep-freeze.ts';
import type { Environment } from '../model/environment.ts';
import { declaredId, nameInOwner, type Step } from '../model/step.ts';
import { isEmptyWorkflow, type Workflow } from '../model/workflow.ts';
import { readWorkflow } from '../modelling/read-workflow.ts';
import { copyPlainData } from '../shape/plain-data.ts';

export interface LowerPlace {
  readonly backend: string;
  readonly registry: Registry;
  readonly pipelineEnv: Environment;
  /** Environment of the deployment that the steps belong to. */
  readonly deploymentEnv?: Environment;
}

/** Every step of the result has a renderer for the backend; faults are added to `problems`. */
export async function lowerWorkflow(workflow: Workflow, place: LowerPlace, problems: Problem[]): Promise<Workflow> {
  if (workflow.type === 'step') return lowerStep(workflow.step, place, problems, []);
  const items: Workflow[] = [];
  for (const item of workflow.items) items.push(await lowerWorkflow(item, place, problems));
  return { type: workflow.type, items };
}

async function lowerStep(
  step: Step,
  place: LowerPlace,
  problems: Problem[],
  trail: readonly string[],
): Promise<Workflow> {
  const asIs: Workflow = { type: 'step', step };
  if (place.registry.findRenderer(place.backend, step.kind)) return asIs;
  const contribution = place.registry.kinds.get(step.kind);
  const kinds = [...trail, step.kind];
  if (!contribution?.value.lower) problems.push(words.kindNotRendered(step.path, step.name, step.kind, place.backend));
  else if (trail.includes(step.kind)) {
    const endless = words.loweringEndless(step.path, step.name, kinds);
    throw pluginFailed([{ ...endless, ...attribution(contribution.plugin), node: step.id }]);
  } else {
    const lowered = await readLowered(step, contribution, place, problems);
    return lowered ? lowerTo(lowered, place, problems, kinds) : asIs;
  }
  return asIs;
}

async function lowerTo(
  workflow: Workflow,
  place: LowerPlace,
  problems: Problem[],
  trail: readonly string[],
): Promise<Workflow> {
  if (workflow.type === 'step') return lowerStep(workflow.step, place, problems, trail);
  const items: Workflow[] = [];
  for (const item of workflow.items) items.push(await lowerTo(item, place, problems, trail));
  return { type: workflow.type, items };
}

/**
 * Asks the kind, and reads its answer as if an author had written it; undefined where the kind refuses the options, for
 * reasons that are added to `problems`.
 *
 * @throws CdkpipeError (`source: 'plugin'`) when the kind throws, answers with nothing, or with steps that are wrong
 */
async function readLowered(
  step: Step,
  contribution: Contribution<AnyKind>,
  place: LowerPlace,
  refusals: Problem[],
): Promise<Workflow | undefined> {
  const { value: kind, plugin } = contribution;
  const what = `lowering the step "${step.name}" of kind "${kind.name}"`;
  const at = { path: step.path, node: step.id };
  let given: unknown;
  try {
    given = runAsPlugin({ plugin, what, node: step.id }, () =>
      kind.lower?.(deepFreeze(step.options), {
        name: step.name,
        position: step.position,
        backend: place.backend,
        pipelineEnv: place.pipelineEnv,
        ...(place.deploymentEnv ? { deploymentEnv: place.deploymentEnv } : {}),
        ...(step.runIn ? { runIn: step.runIn } : {}),
      }),
    );
  } catch (cause) {
    if (isCdkpipeError(cause) && cause.source === 'user') {
      refusals.push(...cause.problems.map((problem) => documented(placedProblem(problem, step), plugin)));
      return undefined;
    }
    const message = describeThrown(cause);
    throw pluginFailed([{ ...pluginThrew(plugin, what, message), ...at }], { cause });
  }
  const answer = copyAnswer(given, (problem) => ({ ...problem, ...attribution(plugin), ...at }));
  const problems: Problem[] = [];
  const leftOut: Problem[] = [];
  const workflow = await readWorkflow(
    answer,
    step.path,
    {
      position: step.position,
      owner: step.id,
      pipelineEnv: place.pipelineEnv,
      ...(place.deploymentEnv ? { targetEnv: place.deploymentEnv } : {}),
      ...(step.runIn ? { runIn: step.runIn } : {}),
      taken: new Map(),
      ...leftOutBy(step, contribution.plugin, place.registry, leftOut),
    },
    place.registry,
    problems,
  );
  if (problems.length === 0 && isEmptyWorkflow(workflow))
    problems.push(words.loweringEmpty(step.path, step.name, kind.name));
  const own = problems.filter((problem) => !leftOut.includes(problem));
  if (own.length > 0) throw pluginFailed(own.map((problem) => ({ ...problem, ...attribution(plugin), ...at })));
  refusals.push(...leftOut.map((problem) => ({ ...problem, ...at })));
  return leftOut.length > 0 ? undefined : placed(workflow, step);
}

/** Getters and proxies of the plugin run here, and what goes round in a circle or never ends is refused. */
function copyAnswer(given: unknown, blamed: (problem: Problem) => Problem): unknown {
  try {
    return copyPlainData(given, { instances: ['options'] });
  } catch (cause) {
    if (!isCdkpipeError(cause)) throw cause;
    throw pluginFailed(cause.problems.map(blamed), { cause });
  }
}

/**
 * A plugin that names who brings the kinds it lowers to has done its part: that the definition lists no such plugin is
 * the author's to mend. Such faults are added to `leftOut`.
 */
function leftOutBy(step: Step, plugin: Plugin, registry: Registry, leftOut: Problem[]) {
  return {
    kindUnknown(kind: string): Problem | undefined {
      const bringers = registry.findBringers(plugin, kind);
      if (!bringers) return undefined;
      const problem = words.loweredKindLeftOut(step.path, step, kind, bringers);
      leftOut.push(problem);
      return problem;
    },
  };
}

/** Lowered steps stand at the place in the definition of the step they stand for. */
function placed(workflow: Workflow, origin: Step): Workflow {
  if (workflow.type !== 'step')
    return { type: workflow.type, items: workflow.items.map((item) => placed(item, origin)) };
  const { step } = workflow;
  const lowered = { from: declaredId(origin), name: `${nameInOwner(origin)}/${step.name}` };
  return { type: 'step', step: { ...step, lowered, path: origin.path } };
}

/** A kind names options; a definition has them somewhere. */
function placedProblem(problem: Problem, { id, path }: Step): Problem {
  const option = problem.path === undefined ? '' : `.options.${problem.path}`;
  return { ...problem, path: `${path}${option}`, node: id };
}
