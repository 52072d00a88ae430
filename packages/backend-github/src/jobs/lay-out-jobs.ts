/** A plan and the works of its steps → the jobs of a workflow. */
import { isGate, type Plan, readHeldBack, unreachable } from '@cdkpipe/core';
import { type GitHubWork, needsCredentials } from '../contract/github-work.ts';
import { joinNames } from '../names/encode-name.ts';
import { environmentName } from '../names/environment-name.ts';
import type { GitHubOptions } from '../options/options.ts';
import { artifactNeeds, type DraftedJob } from './artifact-needs.ts';
import type { Draft } from './draft.ts';
import { draftJobs } from './draft-jobs.ts';
import { findProducer } from './find-producer.ts';
import { hasCredentials, type Job, type JobEnvironment, type ProvenGate, usesAssembly } from './job.ts';
import { allBefore, type Before, essentialNeeds } from './order-jobs.ts';
import { type BuildStepNode, stepOf } from './step-node.ts';
import { valuesOf } from './work-values.ts';

export interface JobsInput {
  readonly plan: Plan;
  /** What the renderers of the steps returned, by the ID of the node. */
  readonly works: ReadonlyMap<string, GitHubWork>;
  readonly options: GitHubOptions;
}

/** In the order of the plan; every job stands behind those that it needs. */
export function layOutJobs(input: JobsInput): Job[] {
  const { plan, works } = input;
  const drafted = draftJobs(plan, works).map((draft) => ({ draft, id: joinNames(...draft.parts) }));
  const jobOf = new Map(drafted.flatMap(({ draft, id }) => draft.nodes.map((node) => [node.id, id] as const)));
  const placing: Placing = {
    ...input,
    drafted,
    jobOf,
    order: orderOf(drafted, jobOf),
    gates: gatesOfPeople(input, drafted),
  };
  const produced = new Map(drafted.map(({ id, draft }) => [id, producersOf(placing, draft)]));
  const read = [...produced.values()].flat();
  return drafted.map((each) => {
    const outputs = [...new Set(read.flatMap(({ job, output }) => (job === each.id ? [output] : [])))].sort();
    return placeJob(placing, each, produced.get(each.id) ?? [], outputs);
  });
}

interface Placing extends JobsInput {
  readonly drafted: readonly DraftedJob[];
  /** ID of the job of each node, by the node's ID. */
  readonly jobOf: ReadonlyMap<string, string>;
  /** For whom a job waits because its nodes do, without what is implied. */
  readonly order: Before;
  readonly gates: readonly GateOfPeople[];
}

interface ReadOutput {
  readonly job: string;
  readonly output: string;
}

function orderOf(drafted: readonly DraftedJob[], jobOf: ReadonlyMap<string, string>): Before {
  return essentialNeeds(
    new Map(
      drafted.map(({ draft, id }) => {
        const after = draft.nodes.flatMap((node) => node.after.flatMap((earlier) => jobOf.get(earlier) ?? []));
        return [id, new Set(after.filter((each) => each !== id))];
      }),
    ),
  );
}

/** Outputs of other jobs that a draft reads. */
function producersOf({ plan, works, jobOf }: Placing, { nodes }: Draft): ReadOutput[] {
  return nodes.flatMap((node) =>
    valuesOf(node, works.get(node.id)).flatMap((reference) => {
      const producer = findProducer(plan, node, reference);
      if (producer === undefined) return [];
      return [{ output: producer.output, job: jobOf.get(producer.node) ?? unreachable(`no job of ${producer.node}`) }];
    }),
  );
}

function placeJob(
  placing: Placing,
  drafted: DraftedJob,
  reads: readonly ReadOutput[],
  outputs: readonly string[],
): Job {
  const { plan, works, jobOf, gates } = placing;
  const { id, draft } = drafted;
  const environment = findEnvironment(draft, placing);
  const nodes = draft.nodes.map((node) => node.id);
  const job = jobOfDraft(draft, placing, {
    id,
    name: draft.parts.join(' / '),
    nodes,
    needs: [],
    ...(environment === undefined ? {} : { environment }),
    proves: [],
    values: draft.nodes.flatMap((node) => valuesOf(node, works.get(node.id))),
    outputs,
    path: draft.nodes[0]?.path ?? '',
    preparedBy: preparersOf(draft, plan, jobOf, id),
  });
  const isProof = hasCredentials(job) || (job.type === 'step' && job.work.type === 'approval');
  const proves = isProof
    ? gates.filter(({ holds }) => nodes.some((node) => holds.has(node))).map(({ gate }) => gate)
    : [];
  return { ...job, needs: needsOf(placing, drafted, job, reads), proves };
}

/** In the order of the plan: whoever must come before, and whoever made something that the job takes. */
function needsOf(placing: Placing, drafted: DraftedJob, job: Job, reads: readonly ReadOutput[]): string[] {
  const { order, plan, works, drafted: all } = placing;
  const needed = new Set([
    ...(order.get(job.id) ?? []),
    ...artifactNeeds(drafted, all, allBefore(order, job.id), works),
    ...reads.map((each) => each.job),
    ...(job.type === 'execute' ? job.preparedBy : []),
    ...(usesAssembly(job, plan.pipeline.build.output)
      ? all.flatMap(({ draft, id }) => (draft.type === 'build' ? [id] : []))
      : []),
  ]);
  return all.flatMap(({ id }) => (id !== job.id && needed.has(id) ? [id] : []));
}

type Parts = Pick<Job, 'id' | 'name' | 'nodes' | 'needs' | 'environment' | 'proves' | 'values' | 'outputs' | 'path'>;

function jobOfDraft(
  draft: Draft,
  { works }: JobsInput,
  { preparedBy, ...base }: Parts & { readonly preparedBy: readonly string[] },
): Job {
  const aroundOf = (nodes: readonly BuildStepNode[]) =>
    nodes.flatMap((node) => {
      const work = works.get(node.id);
      return work?.type === 'commands' ? [{ node, work }] : [];
    });
  switch (draft.type) {
    case 'sources':
      return { ...base, type: 'sources', sources: draft.nodes };
    case 'build':
      return { ...base, type: 'build', node: draft.node, before: aroundOf(draft.before), after: aroundOf(draft.after) };
    case 'publish':
      return { ...base, type: 'publish', publishes: draft.nodes };
    case 'prepare':
    case 'execute': {
      const { type, deployment, publishes, prepares, executes } = draft;
      const executed = new Set(executes.map(({ stack }) => stack));
      const own = {
        ...base,
        deployment,
        publishes,
        prepares,
        handsOn: prepares.some(({ stack }) => !executed.has(stack)),
      };
      return type === 'prepare' ? { ...own, type } : { ...own, type, executes, preparedBy };
    }
    case 'step': {
      const { node } = draft;
      const work = works.get(node.id) ?? unreachable(`nothing rendered ${node.id}`);
      const { runIn } = stepOf(node);
      return { ...base, type: 'step', node, work, ...(runIn === undefined ? {} : { runIn }) };
    }
  }
}

/** Jobs that made the change sets that a draft executes. */
function preparersOf(draft: Draft, { nodes }: Plan, jobOf: ReadonlyMap<string, string>, own: string): string[] {
  if (draft.type !== 'execute') return [];
  const makers = draft.executes.flatMap((execute) =>
    nodes.flatMap((node) =>
      node.type === 'prepare' && node.deployment === execute.deployment && node.stack === execute.stack
        ? [jobOf.get(node.id) ?? unreachable(node.id)]
        : [],
    ),
  );
  return [...new Set(makers)].filter((id) => id !== own);
}

function findEnvironment(draft: Draft, { works, options }: JobsInput): JobEnvironment | undefined {
  const named = (...parts: readonly string[]) => ({ name: environmentName(options, ...parts), gates: [] });
  switch (draft.type) {
    case 'sources':
      return named('sources');
    case 'build':
      return undefined;
    case 'publish':
      return named(...draft.parts);
    case 'prepare':
    case 'execute':
      return { ...named(...draft.parts), gates: draft.gates.map(({ id }) => id) };
    case 'step': {
      const work = works.get(draft.node.id);
      if (work?.type === 'approval') return { ...named(...draft.parts), gates: [draft.node.id] };
      return work !== undefined && needsCredentials(work) ? named(...draft.parts) : undefined;
    }
  }
}

interface GateOfPeople {
  readonly gate: ProvenGate;
  readonly holds: ReadonlySet<string>;
}

/** Gates that people decide, each with what it holds back, itself among it. */
function gatesOfPeople(input: JobsInput, drafted: readonly DraftedJob[]): GateOfPeople[] {
  const { plan, works } = input;
  const held = readHeldBack(plan);
  const environments = new Map<string, string>();
  for (const { draft } of drafted) {
    const environment = findEnvironment(draft, input);
    for (const gate of environment?.gates ?? []) environments.set(gate, environment?.name ?? '');
  }
  return plan.nodes.filter(isGate).flatMap(({ id }) => {
    const work = works.get(id);
    if (work?.type !== 'approval') return [];
    const environment = environments.get(id) ?? unreachable(`no environment for ${id}`);
    const gate = { gate: id, environment, ...(work.timeout === undefined ? {} : { timeout: work.timeout }) };
    return [{ gate, holds: new Set([id, ...(held.get(id) ?? [])]) }];
  });
}
