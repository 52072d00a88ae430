/** The outline: a plan as flat data for people and scripts, in the order in which it runs. */
import type { Environment, PlanGroup, PlanNote } from '@cdkpipe/core';

export interface OutlinedAction {
  readonly id: string;
  readonly name: string;
  /** What it does: the type of a node of the plan, or the word of the backend that adds it. */
  readonly type: string;
  /** Its place in the stage, from 1; actions of one run order may run at the same time. */
  readonly runOrder: number;
  /** IDs of the actions that must have succeeded before. */
  readonly after: readonly string[];
  /** IDs of the actions that it waits for only because they stand in the run order before. */
  readonly heldUpBy: readonly string[];
  /** What it works on in few words, for example `Beta/Api`. */
  readonly subject: string;
  /** Where it acts; absent for a gate that runs no code. */
  readonly environment?: Environment;
  readonly deployment?: string;
  readonly stack?: string;
  /** The stacks whose change sets a review sees. */
  readonly stacks?: readonly string[];
  /** Kind of the author's step, for example `manual`. */
  readonly kind?: string;
  /** Name of the declared gate it stands for. */
  readonly gate?: string;
  /** The plugin whose kind it is; absent for what cdkpipe itself contributes. */
  readonly contributedBy?: string;
  /** Place in the definition it comes from. */
  readonly path: string;
}

export interface OutlinedStage {
  readonly name: string;
  readonly type: PlanGroup['type'];
  readonly path: string;
  /** The wave or deployment that goes back to its last good state when the stage fails. */
  readonly rollback?: string;
  readonly actions: readonly OutlinedAction[];
}

/** What a pipeline costs, in things: each action is paid per run, each publisher is a build. */
export interface OutlineTotals {
  readonly stages: number;
  /** With what the backend adds, as far as it is known before anything is drawn. */
  readonly actions: number;
  /** Actions that follow each other, from the source to the end. */
  readonly longestChain: number;
  /** Actions that wait for others only because of their run order. */
  readonly heldUp: number;
  readonly gates: number;
  readonly publishers: number;
  readonly deployments: number;
  readonly stacks: number;
  /** Pairs of account and region that stacks are deployed to, those of stacks with an `env` of their own among them. */
  readonly environments: number;
  /** Further ones in which steps act; that of the pipeline itself is not counted. */
  readonly stepEnvironments: number;
}

export interface Outline {
  readonly pipeline: { readonly name: string; readonly environment: Environment };
  readonly backend: string;
  readonly stages: readonly OutlinedStage[];
  readonly notes: readonly PlanNote[];
  readonly totals: OutlineTotals;
}
