/** How the pipeline that a backend emitted differs from an earlier one. */

export interface GateChange {
  /**
   * `vanished`: it is gone; `weakened`: less waits for it; `bypassable`: something but a person or its check may pass it now;
   * `changed`: it decides in another way; `added`: it is new.
   */
  readonly change: 'vanished' | 'weakened' | 'bypassable' | 'changed' | 'added';
  /** Stage and action, such as `ProdEu/ProdEu.Smoke`. */
  readonly name: string;
  /** Deployment actions that are still there, and no longer wait for it. */
  readonly released: readonly string[];
}

export interface StageChange {
  readonly change: 'added' | 'removed' | 'moved';
  readonly name: string;
}

export interface ActionChange {
  readonly change: 'added' | 'removed' | 'moved' | 'changed';
  /** Stage and action; of one that moved its new place. */
  readonly name: string;
  /** Stage and run order where it was, of one that moved. */
  readonly from?: string;
  readonly to?: string;
  /** What of its declaration differs, such as `Configuration.ProjectName`. */
  readonly fields?: readonly string[];
}

export interface PipelineComparison {
  /** What takes gates away first. */
  readonly gates: readonly GateChange[];
  readonly stages: readonly StageChange[];
  readonly actions: readonly ActionChange[];
}
