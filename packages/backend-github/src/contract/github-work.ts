/** What a renderer for `github` returns: the work of one step, apart from the job that carries it out. */
import type { PolicyStatement, ValueReference } from '@cdkpipe/core';

/** People decide: the job waits in an environment until one of its reviewers has approved. */
export interface ApprovalWork {
  readonly type: 'approval';
  /** Texts and references, joined: what the reviewer should know. */
  readonly comment?: readonly (string | ValueReference)[];
  readonly link?: readonly (string | ValueReference)[];
  /** Minutes in which somebody must approve, counted from when the job could have started; 30 days where absent. */
  readonly timeout?: number;
}

/** Commands run on a runner, as CodeBuild runs those of a project: one after the other, until one fails. */
export interface CommandsWork {
  readonly type: 'commands';
  readonly commands: readonly string[];
  readonly env?: Readonly<Record<string, string | ValueReference>>;
  /** Names of variables whose last values later steps may use. */
  readonly exports?: readonly string[];
  /** Directories of the workspace beside the source: the build's output, or what an earlier step made. */
  readonly inputs?: readonly string[];
  /** Directory that is kept for the build and later steps. Only around the build. */
  readonly output?: { readonly from: string; readonly to: string };
  /** Docker image that the commands run in. */
  readonly image?: string;
  /** Minutes; 60 where absent. */
  readonly timeout?: number;
  /** What the commands may do in AWS. Where there is none, the job has no credentials. */
  readonly rolePolicy?: readonly PolicyStatement[];
}

/** A function of the author's decides: it runs on a runner, bundled, and passes unless it throws. */
export interface FunctionWork {
  readonly type: 'function';
  /**
   * A program in one file of ECMAScript modules without dependencies. It finds its payload in `CDKPIPE_PAYLOAD`, and leaves its
   * verdict as JSON in the file `CDKPIPE_VERDICT`: `approved` (true, false or `later`), `reason`, `summary`, `token`.
   */
  readonly code: Uint8Array;
  /** JSON; references are replaced by their values. */
  readonly payload: unknown;
  /** Minutes. */
  readonly timeout: number;
  readonly rolePolicy?: readonly PolicyStatement[];
}

export type GitHubWork = ApprovalWork | CommandsWork | FunctionWork;

/** Whether the job of this work needs credentials of AWS. */
export function needsCredentials(work: GitHubWork): boolean {
  return work.type !== 'approval' && (work.rolePolicy?.length ?? 0) > 0;
}
