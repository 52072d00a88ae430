/** What a job carries out, before it is known for whom it waits. */
import type {
  ApproveNode,
  BuildNode,
  ExecuteNode,
  PlanNode,
  PrepareNode,
  PublishNode,
  ReviewNode,
  SourceNode,
} from '@cdkpipe/core';
import type { BuildStepNode, StepNode } from './step-node.ts';

interface DraftBase {
  /** Parts of its ID, names of the definition. */
  readonly parts: readonly string[];
}

/** Work on the stacks of one deployment that no gate parts. */
export interface SegmentDraft extends DraftBase {
  readonly type: 'prepare' | 'execute';
  readonly nodes: readonly PlanNode[];
  readonly deployment: string;
  readonly publishes: readonly PublishNode[];
  readonly prepares: readonly PrepareNode[];
  readonly executes: readonly ExecuteNode[];
  /** Gates that the reviewers of its environment decide: all of one step. */
  readonly gates: readonly (ReviewNode | ApproveNode)[];
}

/** Steps around the build that run in its job, each in a workspace of its own, in this order. */
export interface Around {
  readonly before: readonly BuildStepNode[];
  readonly after: readonly BuildStepNode[];
}

export type Draft =
  | SegmentDraft
  | (DraftBase &
      (
        | { readonly type: 'sources'; readonly nodes: readonly SourceNode[] }
        | (Around & { readonly type: 'build'; readonly node: BuildNode; readonly nodes: readonly PlanNode[] })
        | { readonly type: 'publish'; readonly nodes: readonly PublishNode[] }
        | { readonly type: 'step'; readonly node: StepNode; readonly nodes: readonly PlanNode[] }
      ));
