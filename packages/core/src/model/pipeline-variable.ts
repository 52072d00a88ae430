/** A value that whoever starts a run may give. */
export interface PipelineVariable {
  readonly name: string;
  /** Value of runs that are started without one, as every run is that a source starts. */
  readonly default?: string;
  /** What it is for; shown where a run is started by hand. */
  readonly description?: string;
}
