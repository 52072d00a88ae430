/** What a run of a pipeline waits for: answers of functions, and decisions. */

/** What a function answered for its job. */
export interface JobResult {
  readonly status: 'Succeeded' | 'Failed';
  readonly summary?: string | undefined;
  readonly continuationToken?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** An approval action that an execution has reached. */
export interface Approval {
  readonly pipeline: string;
  readonly stage: string;
  readonly action: string;
  readonly execution: string;
  readonly token: string;
  /** The actions of the same stage that a function which may pass the approval is one of, or reads. */
  readonly review?: ReviewActions;
  answer?: { readonly status: string; readonly summary: string; readonly by: string };
}

export interface ReviewActions {
  /** Name of the action that runs the function. */
  readonly pass: string;
  /** Name of the action that reported the changes. */
  readonly report: string;
  /** What the report set, as CodePipeline recorded it. */
  variables: Readonly<Record<string, string>>;
}
