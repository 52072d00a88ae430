/** What all parts of a workflow are spelled from. */
import type { Plan } from '@cdkpipe/core';
import type { ActionName, PinnedAction } from '../github/pinned-actions.ts';
import type { Job } from '../jobs/job.ts';
import type { GitHubOptions } from '../options/options.ts';

export interface Spelling {
  readonly plan: Plan;
  readonly options: GitHubOptions;
  readonly jobs: readonly Job[];
  /** ID of the job that carries out a node, by the node's ID. */
  readonly jobOf: ReadonlyMap<string, string>;
  readonly actions: Readonly<Record<ActionName, PinnedAction>>;
}
