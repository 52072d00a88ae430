/** What the pipeline tells its review function, and what the function answers with: the two are deployed together. */
import type { ReviewConcern } from '../../contract/reviewed-changes.ts';

/** File beside the code that says what there is to review. */
export const reviewsFile = 'reviews.json';

export interface ReviewedStack {
  readonly name: string;
  readonly region: string;
  /** Role that may read the stack; `${AWS::Partition}` in it is filled in where the function runs. */
  readonly roleArn: string;
  /** External ID that the role wants. */
  readonly externalId?: string;
}

/** A text that an approval shows. */
export interface RequestedText {
  readonly about: 'summary' | 'findings';
  /** Characters it may have. */
  readonly room: number;
}

export interface Review {
  readonly changeSetName: string;
  readonly stacks: readonly ReviewedStack[];
  /** By the name of the output variable. */
  readonly texts: Readonly<Record<string, RequestedText>>;
}

/** By the namespace of the action that reports. */
export type Reviews = Readonly<Record<string, Review>>;

/** Output variable for each concern, `yes` or `no`. */
export const concernVariables: Readonly<Record<ReviewConcern, string>> = {
  changes: 'Changes',
  permissions: 'Permissions',
  stateful: 'Stateful',
};
export const digestVariable = 'Digest';
/** How the summary of an action begins that passed the approval beside it; notifications look for it. */
export const passedSummary = 'Passed by cdkpipe';

/** `UserParameters` of the three actions. */
export type ReviewRequest =
  | { readonly do: 'report'; readonly of: string }
  | { readonly do: 'verify'; readonly of: string; readonly digest: string }
  | PassRequest;

export interface PassRequest {
  readonly do: 'pass';
  /** Key of the approval in {@link Passes}. */
  readonly of: string;
  /** ID of the execution whose approval may pass. */
  readonly execution: string;
  /** ARN of the topic whose subscribers are notified where a person decides; the function may publish to no other. */
  readonly topic?: string;
}

/** File beside the code that says which approvals may pass. */
export const passesFile = 'passes.json';

/** An approval that may pass without a person. */
export interface Pass {
  readonly pipeline: string;
  readonly stage: string;
  readonly action: string;
  /** The action beside it that calls the function. */
  readonly caller: string;
  /** The action that reported what the approval reviews. */
  readonly report: { readonly stage: string; readonly action: string };
  /** A person decides where the report found any of these. */
  readonly unless: readonly ReviewConcern[];
  /** The pipeline in AWS's console; absent where its address is not known. */
  readonly console?: string;
}

/** By the name of the action of the approval. */
export type Passes = Readonly<Record<string, Pass>>;
