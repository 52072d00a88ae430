/** Reads steps, sequences and parallel groups as an author wrote them, with the kinds at hand. */

import { positionsOf } from '../contracts/kind.ts';
import type { AnyKind, Plugin } from '../contracts/plugin.ts';
import type { Contribution, PluginLimits, Registry } from '../contracts/registry.ts';
import * as words from '../errors/catalogue/definition.ts';
import { pluginThrew } from '../errors/catalogue/plugins.ts';
import { pluginFailed } from '../errors/cdkpipe-error.ts';
import { describeThrown } from '../errors/describe-thrown.ts';
import type { Problem } from '../errors/problem.ts';
import { type Environment, isAccount, isRegion } from '../model/environment.ts';
import { isName, nameKey } from '../model/names.ts';
import type { Step, StepPosition } from '../model/step.ts';
import { stepId } from '../model/step-id.ts';
import type { Workflow } from '../model/workflow.ts';
import { isRecord } from '../shape/opinions.ts';
import { optionProblems } from '../shape/schema-problems.ts';
import { validateOptions } from '../shape/validate-options.ts';

/** Where a workflow stands, and what its steps may refer to. */
export interface WorkflowPlace {
  readonly position: StepPosition;
  /** Prefix of the steps' IDs, for example `ProdEu`. */
  readonly owner: string;
  /** What `runIn: 'pipeline'` means. */
  readonly pipelineEnv: Environment;
  /** What `runIn: 'target'` means; absent where there is no target. */
  readonly targetEnv?: Environment;
  /** Where a step runs that does not say it; by default as with `runIn: 'pipeline'`. */
  readonly runIn?: Environment;
  /** Names that are taken already, with the path of the holder; steps add theirs. */
  readonly taken: Map<string, string>;
  /** What to say of a kind that no plugin brings, where it is not that the author mistyped it. */
  readonly kindUnknown?: (kind: string) => Problem | undefined;
}

/** Reads one workflow; faults are added to `problems` and the faulty steps left out. */
export async function readWorkflow(
  value: unknown,
  path: string,
  place: WorkflowPlace,
  registry: Registry,
  problems: Problem[],
): Promise<Workflow> {
  const readAll = async (items: readonly unknown[], at: string): Promise<Workflow[]> => {
    const workflows: Workflow[] = [];
    for (const [index, item] of items.entries()) {
      const path = `${at}[${index}]`;
      // Such as a misspelt property of an object with steps: a gate that somebody counts on.
      if (item === undefined) problems.push(words.stepShapeInvalid(path, item));
      else workflows.push(await readWorkflow(item, path, place, registry, problems));
    }
    return workflows;
  };
  const nothing: Workflow = { type: 'sequence', items: [] };
  if (value === undefined) return nothing;
  if (Array.isArray(value)) return { type: 'sequence', items: await readAll(value, path) };
  if (isRecord(value) && Array.isArray(value.parallel)) {
    const extra = Object.keys(value).filter((key) => key !== 'parallel');
    problems.push(...extra.map((key) => words.unknownKey(`${path}.${key}`, key, ['parallel'])));
    if (value.parallel.flat(Number.POSITIVE_INFINITY).length === 0) problems.push(words.parallelEmpty(path));
    return { type: 'parallel', items: await readAll(value.parallel, `${path}.parallel`) };
  }
  const step = await readStep(value, path, place, registry, problems);
  return step ? { type: 'step', step } : nothing;
}

async function readStep(
  value: unknown,
  path: string,
  place: WorkflowPlace,
  registry: Registry,
  problems: Problem[],
): Promise<Step | undefined> {
  if (!isRecord(value) || typeof value.kind !== 'string' || typeof value.name !== 'string') {
    problems.push(words.stepShapeInvalid(path, value));
    return undefined;
  }
  const before = problems.length;
  const { kind: kindName, name } = value;
  const known = ['kind', 'name', 'options'];
  for (const key of Object.keys(value).filter((key) => !known.includes(key)))
    problems.push(words.unknownKey(`${path}.${key}`, key, known));
  if (!isName(name)) problems.push(words.nameInvalid(`${path}.name`, 'step', name));
  const holder = place.taken.get(nameKey(name));
  if (holder !== undefined) problems.push(words.nameTaken(`${path}.name`, 'step', name, holder));
  place.taken.set(nameKey(name), path);
  const contribution = registry.kinds.get(kindName);
  if (!contribution) {
    const mistyped = () => words.kindUnknown(`${path}.kind`, kindName, [...registry.kinds.keys()]);
    problems.push(place.kindUnknown?.(kindName) ?? mistyped());
    return undefined;
  }
  const { value: kind, plugin } = contribution;
  const positions = positionsOf(kind);
  if (!positions.includes(place.position))
    problems.push(words.positionUnsupported(path, name, kindName, place.position, positions));
  const placement = kind.runsCode ? takeRunIn(value.options, `${path}.options`, place, problems) : undefined;
  const options = await readOptions(
    contribution,
    registry.limits,
    placement ? placement.rest : value.options,
    `${path}.options`,
    problems,
  );
  if (problems.length > before) return undefined;
  const id = stepId(place.owner, name);
  const runIn = placement?.env;
  const exports = readExports(kind, plugin, options, path);
  return {
    id,
    name,
    kind: kindName,
    position: place.position,
    options,
    path,
    ...(runIn ? { runIn } : {}),
    ...(exports.length > 0 ? { exports } : {}),
  };
}

/** @throws CdkpipeError (`source: 'plugin'`) when the kind throws */
function readExports(kind: AnyKind, plugin: Plugin, options: unknown, path: string): readonly string[] {
  try {
    return kind.exports?.(options) ?? [];
  } catch (cause) {
    const problem = pluginThrew(plugin, `the exports of the kind "${kind.name}"`, describeThrown(cause));
    throw pluginFailed([{ ...problem, path }], { cause });
  }
}

/** Splits `runIn`, which means the same for every kind, from the options that are the kind's own. */
function takeRunIn(options: unknown, path: string, place: WorkflowPlace, problems: Problem[]) {
  if (!isRecord(options) || options.runIn === undefined)
    return { env: place.runIn ?? place.pipelineEnv, rest: options };
  const { runIn, ...rest } = options;
  if (runIn === 'pipeline') return { env: place.pipelineEnv, rest };
  if (runIn === 'target' && place.targetEnv) return { env: place.targetEnv, rest };
  if (runIn === 'target') {
    problems.push(
      words.valueInvalid(`${path}.runIn`, 'there is no target here', "write 'pipeline' or { account, region }"),
    );
    return { env: place.pipelineEnv, rest };
  }
  if (isRecord(runIn) && typeof runIn.account === 'string' && typeof runIn.region === 'string') {
    if (!isAccount(runIn.account)) problems.push(words.accountInvalid(`${path}.runIn.account`, runIn.account));
    if (!isRegion(runIn.region)) problems.push(words.regionInvalid(`${path}.runIn.region`, runIn.region));
    return { env: { account: runIn.account, region: runIn.region }, rest };
  }
  const found = `${words.shown(runIn)} is not a place to run in`;
  problems.push(words.valueInvalid(`${path}.runIn`, found, "write 'pipeline', 'target' or { account, region }"));
  return { env: place.pipelineEnv, rest };
}

async function readOptions(
  { value: kind, plugin }: Contribution<AnyKind>,
  limits: PluginLimits,
  options: unknown,
  path: string,
  problems: Problem[],
): Promise<unknown> {
  if (!kind.options) {
    if (options !== undefined && !(isRecord(options) && Object.keys(options).length === 0))
      problems.push(words.optionsNotAccepted(path, kind.name));
    return {};
  }
  const what = `the schema of the kind "${kind.name}"`;
  const result = await validateOptions({ schema: kind.options, plugin, what, path, limits }, options ?? {});
  if (result.issues) {
    problems.push(...optionProblems(result.issues, `the kind "${kind.name}"`, path, kind.options, options));
    return undefined;
  }
  return result.value;
}
