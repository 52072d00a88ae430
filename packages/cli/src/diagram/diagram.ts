/** What a graph shows, without places: stages, deployments in them, and actions that wait for each other. */

/** How an action of a run stands. */
export type DiagramState = 'pending' | 'running' | 'waiting' | 'succeeded' | 'skipped' | 'failed' | 'rejected';

export interface DiagramNode {
  readonly id: string;
  /** A gate, and a deployment that stands for all of its actions, have shapes of their own. */
  readonly shape: 'action' | 'gate' | 'deployment';
  readonly title: string;
  /** Lines below the title. */
  readonly details: readonly string[];
  /** What is said where there is room for a sentence. */
  readonly description: string;
  readonly stage: string;
  /** The deployment whose frame it stands in. */
  readonly lane?: string;
  readonly after: readonly string[];
  readonly state?: DiagramState;
  /** Anchor in the same page that tells more, and the one of the node itself. */
  readonly link?: string;
  readonly anchor?: string;
}

export interface DiagramStage {
  readonly name: string;
  readonly note?: string;
}

export interface Diagram {
  readonly title: string;
  /** What it shows, in one sentence. */
  readonly description: string;
  readonly stages: readonly DiagramStage[];
  /** What is said of a deployment beside its name, such as its environment. */
  readonly laneNotes: ReadonlyMap<string, string>;
  readonly nodes: readonly DiagramNode[];
}
