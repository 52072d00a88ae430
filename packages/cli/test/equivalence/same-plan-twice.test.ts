/** The same plan twice: what CodePipeline would do with the emitted template, and what the engine does on this machine. */
import { isGate, type Plan } from '@cdkpipe/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { declaredGates, type RandomDefinition, randomDefinition } from '../random/random-definition.test.fixture.ts';
import { type BothBackends, prepareBoth } from './both-backends.test.fixture.ts';
import { executePipeline } from './code-pipeline.test.fixture.ts';
import { runOnEngine } from './engine-run.test.fixture.ts';

type Moment = 'start' | 'succeed' | 'fail';
interface Trace {
  readonly succeeded: boolean;
  readonly events: readonly { readonly at: Moment; readonly node: string }[];
}

/** `CDKPIPE_EQUIVALENCE_RUNS=200` looks longer. */
const runs = Number(process.env.CDKPIPE_EQUIVALENCE_RUNS ?? 12);

/** Some manual change approvals pass by themselves. */
const definitions = fc.tuple(randomDefinition, fc.boolean()).map(([shape, passIfUnchanged]) => ({
  ...shape,
  waves: shape.waves.map((wave) => ({
    ...wave,
    deployments: wave.deployments.map((each) => ({
      ...each,
      changes: each.changes.map((step) => (step.kind === 'manual' ? { ...step, passIfUnchanged } : step)),
    })),
  })),
}));

const scripts = fc.record({
  /** Which actions fail or are rejected, as numbers that are taken modulo their count. */
  picks: fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 3 }),
  gatesOnly: fc.boolean(),
  durations: fc.array(fc.nat({ max: 6 }), { minLength: 3, maxLength: 9 }),
});

function runOnCodePipeline({ pipeline, nodeOf }: BothBackends, failing: ReadonlySet<string>): Trace {
  const { status, events } = executePipeline(pipeline, (action) => !failing.has(nodeOf(action) ?? ''));
  return {
    succeeded: status === 'Succeeded',
    events: events.flatMap(({ at, action }) => {
      const node = nodeOf(action);
      return node === undefined ? [] : [{ at, node }];
    }),
  };
}

async function runHere(
  { beginning, whole }: BothBackends,
  failing: ReadonlySet<string>,
  failures: 'patient' | 'eager',
  durations: readonly number[],
): Promise<Trace> {
  const { end, events } = await runOnEngine(beginning, whole, { failing, failures, durations });
  expect(['succeeded', 'failed', 'rejected']).toContain(end);
  return { succeeded: end === 'succeeded', events };
}

const nodesAt = ({ events }: Trace, moment: Moment) =>
  new Set(events.filter(({ at }) => at === moment).map(({ node }) => node));
const without = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].filter((id) => !other.has(id));

/** All that must have succeeded before a node starts, by the edges and groups of a plan, the helpers' update left out. */
function requiredBy(plan: Plan): (node: string) => ReadonlySet<string> {
  const byId = new Map(plan.nodes.map((node) => [node.id, node]));
  const order = new Map(plan.groups.map(({ name }, index) => [name, index]));
  const known = new Map<string, ReadonlySet<string>>();
  const find = (id: string): ReadonlySet<string> => {
    const found = known.get(id);
    if (found) return found;
    const node = byId.get(id);
    const groupOf = (group: string | undefined) => order.get(group ?? '') ?? -1;
    const earlier = plan.nodes.filter(({ group }) => groupOf(group) < groupOf(node?.group)).map((each) => each.id);
    const required = new Set([...earlier, ...(node?.after ?? []).flatMap((before) => [before, ...find(before)])]);
    known.set(id, required);
    return required;
  };
  return find;
}

/**
 * The one liberty that CodePipeline has and this machine has not: a change set is made, and reviewed, while the assets are
 * still being published. Nothing executes before they are.
 */
const needsNoAssets = (plan: Plan, id: string) =>
  plan.nodes.some((node) => node.id === id && (node.type === 'prepare' || node.type === 'review'));
const isPublisher = (plan: Plan, id: string) => plan.nodes.some((node) => node.id === id && node.type === 'publish');

/**
 * Templates alone are published here only: CodePipeline reads them in the assembly. Without those publishers both plans
 * have the same nodes.
 */
function withoutTemplates(whole: Plan, drawn: Plan): Plan {
  const shared = new Set(drawn.nodes.map(({ id }) => id));
  const removed = new Map(whole.nodes.filter(({ id }) => !shared.has(id)).map((node) => [node.id, node]));
  expect([...removed.values()].filter(({ type }) => type !== 'publish')).toEqual([]);
  const nodes = whole.nodes
    .filter(({ id }) => shared.has(id))
    .map((node) => ({ ...node, after: node.after.flatMap((id) => removed.get(id)?.after ?? [id]) }));
  return { ...whole, nodes };
}

/** What happened to the nodes of a plan. */
function ofPlan({ nodes }: Plan, trace: Trace): Trace {
  const known = new Set(nodes.map(({ id }) => id));
  return { ...trace, events: trace.events.filter(({ node }) => known.has(node)) };
}

/** No action starts before everything that `plan` puts before it has succeeded. */
function expectOrder(trace: Trace, plan: Plan): void {
  const groups = new Map(plan.nodes.map(({ id, group }) => [id, group]));
  const mayWait = (before: string, node: string) =>
    isPublisher(plan, before) && needsNoAssets(plan, node) && groups.get(before) === groups.get(node);
  const required = requiredBy(plan);
  const isOurs = new Set(plan.nodes.filter(({ type }) => type !== 'update').map(({ id }) => id));
  const succeeded = new Set<string>();
  for (const { at, node } of trace.events) {
    if (at === 'succeed') succeeded.add(node);
    if (at !== 'start') continue;
    const early = [...required(node)].filter(
      (before) => isOurs.has(before) && !succeeded.has(before) && !mayWait(before, node),
    );
    expect(early, `${node} started before`).toEqual([]);
  }
}

/** What a definition's own words forbid once an action has not succeeded, told without plans and templates. */
function expectHeldBack(trace: Trace, { waves }: RandomDefinition, both: BothBackends): void {
  const passed = nodesAt(trace, 'succeed');
  const started = nodesAt(trace, 'start');
  const gatePassed = (gate: string) =>
    both.drawn.nodes.filter((node) => isGate(node) && node.gate === gate).every(({ id }) => passed.has(id));
  const nodes = both.drawn.nodes.filter(({ type }) => type !== 'update');
  for (const [index, { name, before, deployments }] of waves.entries()) {
    const mine = new Set(deployments.map((each) => each.name));
    const closed = before.some((step) => !gatePassed(`${name}:before/${step.name}`));
    if (closed)
      for (const node of nodes)
        if ('deployment' in node && mine.has(node.deployment ?? '')) expect(started).not.toContain(node.id);
    for (const each of deployments) {
      const own = nodes.filter((node) => 'deployment' in node && node.deployment === each.name);
      const executed = own.filter(({ type }) => type === 'execute');
      const all = each.changes.every((step) => gatePassed(`${each.name}/${step.name}`));
      if (!all && each.prepare !== 'each' && own.filter(({ type }) => type === 'review').length === each.changes.length)
        expect(executed.filter(({ id }) => started.has(id))).toEqual([]);
      if (executed.some(({ id }) => !passed.has(id)))
        expect(own.filter(({ id, type }) => type === 'approve' && started.has(id))).toEqual([]);
      if (!each.parallel)
        for (const [place, step] of each.approvals.entries())
          if (each.approvals.slice(0, place).some((earlier) => !gatePassed(`${each.name}/${earlier.name}`)))
            expect(started).not.toContain(`${each.name}/${step.name}`);
    }
    const isDone = nodes.filter(({ group }) => group === name).every(({ id }) => passed.has(id));
    const later = new Set(waves.slice(index + 1).map((wave) => wave.name));
    if (!isDone) expect(nodes.filter(({ id, group }) => later.has(group) && started.has(id))).toEqual([]);
  }
}

describe('of a random definition with random failures and rejections', () => {
  test('what may not start on CodePipeline may not start here, nor the other way round, and both end alike', async () => {
    let compared = 0;
    let withFailures = 0;
    await fc.assert(
      fc.asyncProperty(definitions, fc.array(scripts, { minLength: 2, maxLength: 3 }), async (shape, plays) => {
        const both = await prepareBoth(shape);
        if (!both) return;
        const common = both.drawn.nodes.filter(({ type }) => type !== 'update').map(({ id }) => id);
        const whole = withoutTemplates(both.whole, both.drawn);
        expect(whole.nodes.map(({ id }) => id).toSorted()).toEqual(common.toSorted());

        const clean = runOnCodePipeline(both, new Set());
        const cleanHere = ofPlan(whole, await runHere(both, new Set(), 'eager', plays[0]?.durations ?? []));
        for (const trace of [clean, cleanHere]) {
          expect(trace.succeeded).toBe(true);
          expect([...nodesAt(trace, 'succeed')].toSorted()).toEqual(common.toSorted());
          expectOrder(trace, both.drawn);
          expectOrder(trace, whole);
        }
        const gates = new Set(whole.nodes.filter(isGate).map(({ gate }) => gate));
        expect([...gates].toSorted()).toEqual(declaredGates(shape).toSorted());

        for (const { picks, gatesOnly, durations } of plays) {
          const stops = both.drawn.nodes.filter((node) => node.type !== 'update' && (!gatesOnly || isGate(node)));
          const failing = new Set(picks.flatMap((pick) => stops[pick % stops.length]?.id ?? []));
          const far = runOnCodePipeline(both, failing);
          const patient = ofPlan(whole, await runHere(both, failing, 'patient', durations));
          const eager = ofPlan(whole, await runHere(both, failing, 'eager', durations));
          compared += 1;
          if (!far.succeeded) withFailures += 1;
          for (const trace of [far, patient, eager]) {
            expect(trace.succeeded).toBe(failing.size === 0);
            expectOrder(trace, both.drawn);
            expectOrder(trace, whole);
            expectHeldBack(trace, shape, both);
          }
          // A patient run starts all that the engine ever lets start.
          const onlyFar = without(nodesAt(far, 'start'), nodesAt(patient, 'start'));
          const assetsFailed = [...failing].some((id) => isPublisher(both.drawn, id));
          expect(onlyFar.filter((id) => !assetsFailed || !needsNoAssets(both.drawn, id))).toEqual([]);
          expect(without(nodesAt(eager, 'start'), nodesAt(patient, 'start'))).toEqual([]);
          // What it starts beyond CodePipeline is held up there by run orders alone, never by what failed.
          const required = requiredBy(both.drawn);
          for (const id of without(nodesAt(patient, 'start'), nodesAt(far, 'start')))
            expect([...required(id)].filter((before) => failing.has(before))).toEqual([]);
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(runs / 2);
    expect(withFailures).toBeGreaterThan(compared / 4);
  });
});
