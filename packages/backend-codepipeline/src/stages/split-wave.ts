/** Splits the actions of one wave over as many stages as it needs, so that the wave keeps its meaning. */
import { rankNodes } from '@cdkpipe/core';
import { bindActions } from './bind-actions.ts';
import { type LayoutNode, sizeOf } from './layout-node.ts';

export interface SplitSettings {
  /** Actions that a stage may have. */
  readonly limit: number;
  /** Units that want a stage of their own. */
  readonly alone: ReadonlySet<string>;
  /** Whether gates of the whole wave stand in a stage before the others. */
  readonly gatesApart: boolean;
}

export interface WaveParts<N> {
  /** Stages for what belongs to the wave as a whole, where that does not stand with the deployments. */
  readonly before: readonly (readonly N[])[];
  /** Stages for the deployments, one after the other. */
  readonly stages: readonly (readonly N[])[];
}

/**
 * What belongs to the whole wave comes first. A deployment stays in one stage as long as it fits into one, so that no
 * other run comes between its actions and it waits for none of the wave's other stages half-way; the longest deployments
 * stand together, as a stage takes as long as the longest in it. Only a deployment too large for any stage is cut, never
 * between making a change set and executing it.
 *
 * A part has more than `limit` actions only where those cannot be parted.
 */
export function splitWave<N extends LayoutNode>(nodes: readonly N[], settings: SplitSettings): WaveParts<N> {
  const { before, stages } = distribute(nodes, settings);
  const place = new Map(nodes.map(({ id }, index) => [id, index]));
  const asWritten = (stage: readonly N[]) =>
    stage.toSorted((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
  return { before: before.map(asWritten), stages: stages.map(asWritten) };
}

function distribute<N extends LayoutNode>(nodes: readonly N[], settings: SplitSettings): WaveParts<N> {
  const { limit, alone, gatesApart } = settings;
  const common = nodes.filter(({ unit }) => unit === undefined);
  const units = unitsOf(nodes);
  if (units.length === 0) return { before: [], stages: cut(common, limit) };
  const apart = (gatesApart && common.some(({ waits }) => waits)) || sizeOf(common) >= limit;
  const beside = apart ? [] : common;
  const stages: N[][] = [];
  for (const block of blocksOf(units, alone))
    stages.push(...fill(block, { limit, taken: stages.length === 0 ? sizeOf(beside) : 0 }));
  const [first = [], ...more] = stages;
  // Where the first stage has no room beside them, they need one of their own.
  if (apart || sizeOf(first) + sizeOf(beside) > limit) return { before: cut(common, limit), stages };
  return { before: [], stages: [[...beside, ...first], ...more] };
}

/** The actions of each unit, in the order of `nodes`; units with an edge between them are one. */
function unitsOf<N extends LayoutNode>(nodes: readonly N[]): N[][] {
  const own = nodes.filter(({ unit }) => unit !== undefined);
  const unitOf = new Map(own.map(({ id, unit = '' }) => [id, unit]));
  const merged = new Map(own.map(({ unit = '' }) => [unit, unit]));
  const find = (unit: string): string => {
    const into = merged.get(unit) ?? unit;
    return into === unit ? unit : find(into);
  };
  for (const { unit = '', after } of own) {
    for (const id of after) {
      const other = unitOf.get(id);
      if (other !== undefined) merged.set(find(unit), find(other));
    }
  }
  const units = new Map<string, N[]>();
  for (const node of own) {
    const unit = find(node.unit ?? '');
    units.set(unit, [...(units.get(unit) ?? []), node]);
  }
  return [...units.values()];
}

/** Units that may share stages, and each that wants its own, in the order in which they were written. */
function blocksOf<N extends LayoutNode>(units: readonly (readonly N[])[], alone: ReadonlySet<string>) {
  const wantsAlone = (unit: readonly N[]) => unit.some((node) => node.unit !== undefined && alone.has(node.unit));
  const shared = units.filter((unit) => !wantsAlone(unit));
  return units.flatMap((unit) => {
    if (wantsAlone(unit)) return [[unit]];
    return unit === shared[0] ? [shared] : [];
  });
}

/**
 * Puts units into stages, the longest first, each into the first stage with room: beside the parts of those that no stage
 * can hold, or else before them, so that as much as can be happens at the same time.
 */
function fill<N extends LayoutNode>(
  units: readonly (readonly N[])[],
  { limit, taken }: { readonly limit: number; readonly taken: number },
): N[][] {
  const tooLarge = units.filter((unit) => sizeOf(unit) > limit);
  const parts = tooLarge.flatMap((unit, index) => cut(unit, limit, index === 0 ? taken : 0));
  const stages: N[][] = [];
  const isFirst = (stage: readonly N[]) => stage === parts[0] || stage === stages[0];
  const room = (stage: readonly N[]) => limit - sizeOf(stage) - (isFirst(stage) ? taken : 0);
  const byLength = units
    .filter((unit) => sizeOf(unit) <= limit)
    .map((unit) => ({ unit, ranks: rankNodes(unit).length }))
    .sort((one, other) => other.ranks - one.ranks);
  for (const { unit } of byLength) {
    const stage = [...parts, ...stages].find((each) => room(each) >= sizeOf(unit));
    if (stage) stage.push(...unit);
    else stages.push([...unit]);
  }
  return [...stages, ...parts];
}

/**
 * Cuts actions into consecutive stages where nothing bound together is parted.
 *
 * @param reserved actions that the first of them must have room for beside its own
 */
function cut<N extends LayoutNode>(nodes: readonly N[], limit: number, reserved = 0): N[][] {
  const stages: N[][] = [];
  const stageOf = new Map<string, number>();
  const bundles = bindActions(nodes);
  // Where not even the first bundle fits beside what is reserved, that gets a stage of its own.
  const kept = sizeOf(bundles[0] ?? []) + reserved > limit ? 0 : reserved;
  for (const bundle of bundles) {
    // Not spread into arguments: a thousand stacks have a million edges.
    let stage = 0;
    for (const { after } of bundle) for (const id of after) stage = Math.max(stage, stageOf.get(id) ?? 0);
    const taken = () => sizeOf(stages[stage] ?? []);
    const room = () => limit - taken() - (stage === 0 ? kept : 0);
    while (taken() > 0 && sizeOf(bundle) > room()) stage += 1;
    stages[stage] = [...(stages[stage] ?? []), ...bundle];
    for (const { id } of bundle) stageOf.set(id, stage);
  }
  return stages;
}
