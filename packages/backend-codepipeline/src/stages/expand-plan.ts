/** The actions of a pipeline: the nodes of the plan, and what this backend adds around reviews of change sets. */
import type { Plan, PlanNode, ReviewNode } from '@cdkpipe/core';
import { mapName, type NameRule } from '../names/map-name.ts';

/** Reports what change sets would do, or verifies that they are still those that were reviewed. */
export interface HelperAction {
  readonly type: 'report' | 'verify';
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly after: readonly string[];
  readonly path: string;
  readonly deployment: string;
  /** Stacks whose change sets it reads. */
  readonly stacks: readonly string[];
}

export type LaidAction = PlanNode | HelperAction;

/** Reviews that see the same change sets. */
export interface ReviewSet {
  readonly id: string;
  readonly deployment: string;
  readonly stacks: readonly string[];
  readonly reviews: readonly ReviewNode[];
}

/** Names of the plan have 100 of these at most, too; `@` and a word never arise from them, so names stay apart. */
const actionRule: NameRule = { character: /^[A-Za-z0-9.@_-]$/, maxLength: 100, filler: '-' };

export function isHelper(action: LaidAction): action is HelperAction {
  return action.type === 'report' || action.type === 'verify';
}

/** The nodes of a plan with a report before the reviews of each set, and its verification behind them. */
export function expandPlan(plan: Plan): LaidAction[] {
  const sets = reviewSetsOf(plan);
  if (sets.length === 0) return [...plan.nodes];
  const added = new Map<string, string[]>();
  const helpers = sets.map((set) => helpersOf(plan, set));
  for (const [index, { reviews, deployment, stacks }] of sets.entries()) {
    const [report, verify] = helpers[index] ?? [];
    if (!report || !verify) continue;
    const ids = new Set(reviews.map(({ id }) => id));
    for (const node of plan.nodes) {
      const isExecuted =
        node.type === 'execute' && node.changeSet && node.deployment === deployment && stacks.includes(node.stack);
      const follows = !ids.has(node.id) && node.after.some((id) => ids.has(id));
      if (ids.has(node.id)) add(added, node.id, report.id);
      else if (isExecuted || follows) add(added, node.id, verify.id);
    }
  }
  return [
    ...plan.nodes.map((node) => {
      const more = added.get(node.id);
      return more ? { ...node, after: [...node.after, ...more] } : node;
    }),
    ...helpers.flat(),
  ];
}

/** Sets in the order of the plan. */
export function reviewSetsOf({ nodes }: Plan): ReviewSet[] {
  const sets = new Map<string, ReviewSet>();
  for (const node of nodes) {
    if (node.type !== 'review') continue;
    const id = reviewSetId(node, nodes);
    const known = sets.get(id);
    const { deployment, stacks } = node;
    sets.set(id, { id, deployment, stacks, reviews: [...(known?.reviews ?? []), node] });
  }
  return [...sets.values()];
}

/** Node IDs of the plan have no such part, so that the namespaces made from them differ too. */
export function reviewSetId({ deployment, stacks }: ReviewNode, nodes: readonly PlanNode[]): string {
  const part = partOf(deployment, stacks, nodes);
  return part.length === 0 ? `${deployment}:changes` : `${deployment}:changes/${part.join(' + ')}`;
}

/** Nothing where the set is all that the deployment prepares, else its stacks. */
function partOf(deployment: string, stacks: readonly string[], nodes: readonly PlanNode[]): readonly string[] {
  const all = nodes.filter((node) => node.type === 'prepare' && node.deployment === deployment);
  return all.length === stacks.length ? [] : stacks;
}

function helperName(nodes: readonly PlanNode[], { deployment, stacks }: ReviewSet, what: string): string {
  const name = [deployment, ...partOf(deployment, stacks, nodes)].join('.').replaceAll('/', '.');
  return mapName(`${name}@${what}`, actionRule);
}

/** Name of the action that reports what the change sets would do. */
export function reportName({ nodes }: Plan, set: ReviewSet): string {
  return helperName(nodes, set, 'ReportChanges');
}

function helpersOf({ nodes }: Plan, set: ReviewSet): HelperAction[] {
  const { id, deployment, stacks, reviews } = set;
  const [first] = reviews;
  if (!first) return [];
  const { group, path } = first;
  const prepared = nodes.flatMap((node) =>
    node.type === 'prepare' && node.deployment === deployment && stacks.includes(node.stack) ? [node.id] : [],
  );
  const common = { group, path, deployment, stacks };
  const report = `${id}:report`;
  return [
    { ...common, type: 'report', id: report, name: helperName(nodes, set, 'ReportChanges'), after: prepared },
    {
      ...common,
      type: 'verify',
      id: `${id}:verify`,
      name: helperName(nodes, set, 'VerifyChanges'),
      after: [report, ...reviews.map((review) => review.id)],
    },
  ];
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

/** Name of the action that lets an approval pass by itself; it stands beside the approval, in the same run order. */
export function passName({ name }: ReviewNode): string {
  return mapName(`${name}@Pass`, actionRule);
}
