/** Puts together what is known of one action of a plan. */
import { type EmittedRole, type Environment, followersIn } from '@cdkpipe/core';
import type { ExplainReport } from '@cdkpipe/core/host';
import { outlinePlan } from '../outline/outline-plan.ts';
import { findAction } from './find-action.ts';
import { whyOf } from './why.ts';

export interface ExplainedNode {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly stage: string;
  readonly runOrder: number;
  readonly why: string;
  /** What the planner decided about its deployment or wave. */
  readonly notes: readonly string[];
  readonly gate?: string;
  readonly kind?: string;
  /** Place in the definition, and its file. */
  readonly path: string;
  readonly file: string;
  /** The plugin whose kind it is; absent for what cdkpipe itself contributes. */
  readonly plugin?: { readonly name: string; readonly version?: string };
  /** Where it acts; absent for a gate that runs no code. */
  readonly environment?: Environment;
  /** IDs of what must have succeeded before. */
  readonly waitsFor: readonly string[];
  /** IDs of what it waits for only because of the run order. */
  readonly heldUpBy: readonly string[];
  /** IDs of what waits for it directly. */
  readonly holdsBack: readonly string[];
  /** Number of actions that cannot start before it has succeeded. */
  readonly holdsBackInAll: number;
  /** Where it is in what the backend emits; absent, as are costs and roles, where the backend does not say. */
  readonly emitted?: string;
  readonly costs?: readonly string[];
  readonly roles?: readonly EmittedRole[];
}

/**
 * @param wanted what a person calls it
 * @throws CdkpipeError (`source: 'user'`) when that is nothing, or more than one
 */
export function explainNode(wanted: string, report: ExplainReport): ExplainedNode {
  const { plan, layout, file, plugins, emitted } = report;
  const { stages, notes } = outlinePlan(plan, layout);
  const actions = stages.flatMap((stage) => stage.actions);
  const action = findAction(wanted, actions);
  const stage = stages.find((each) => each.actions.includes(action));
  const node = emitted?.get(action.id);
  const { id, name, type, runOrder, gate, kind, path, contributedBy, environment, after, heldUpBy } = action;
  const about = [action.deployment, stage?.name, id];
  return {
    id,
    name,
    type,
    stage: stage?.name ?? '',
    runOrder,
    why: whyOf(action, plan),
    notes: notes.filter((note) => about.includes(note.about)).map(({ text }) => text),
    ...(gate === undefined ? {} : { gate }),
    ...(kind === undefined ? {} : { kind }),
    path,
    file,
    ...(contributedBy === undefined
      ? {}
      : { plugin: plugins.find((each) => each.name === contributedBy) ?? { name: contributedBy } }),
    ...(environment === undefined ? {} : { environment }),
    waitsFor: after,
    heldUpBy,
    holdsBack: actions.filter((each) => each.after.includes(id)).map((each) => each.id),
    holdsBackInAll: followersIn(actions)(id).size,
    ...(node === undefined ? {} : { emitted: node.place, costs: node.costs, roles: node.roles }),
  };
}
