/** What the author of a backend gives to `describeBackend`, and what the checks get to look at. */
import type { Emitted, Plan, Plugin } from '@cdkpipe/core';
import type { OpenedProject } from '@cdkpipe/core/host';
import type { EmittedFiles } from '../trial/emitted.ts';

/** An action as it is in what was emitted. */
export interface EmittedAction {
  /** ID of the plan's node that it carries out. */
  readonly node: string;
  /** IDs of nodes that have certainly succeeded when it starts; what those wait for need not be repeated. */
  readonly after: readonly string[];
}

/** A pipeline that the backend has drawn. */
export interface DrawnPipeline {
  readonly plan: Plan;
  /** What the backend's schema made of its options. */
  readonly options: unknown;
  /** The cloud assembly, with what the backend wrote to it. */
  readonly directory: string;
  /** The same directory, and one with the files of the project alone. */
  readonly emitted: Emitted;
  /** Directory of the definition. */
  readonly project: string;
  /** Of the assembly, and under `./` of the project. */
  readonly files: EmittedFiles;
}

/** A step as definitions of JSON have it, without its name. */
export interface StepSample {
  readonly kind: string;
  readonly options?: unknown;
}

/** Steps of kinds that the backend draws. */
export interface StepSamples {
  /** Stands where gates may stand; default: `manual`. */
  readonly gate: StepSample;
  /** Stands around the build; default: `codebuild`. */
  readonly build: StepSample;
  /** Uses a value, in the form `{ $ref: … }`; default: `codebuild` with it in `env`. */
  using(value: object): StepSample;
  /** Hands on the variable `VERSION`; default: `codebuild`. */
  readonly exporting: StepSample;
}

/** Ways in which a gate may get lost in what was emitted. */
export type Tampering = 'drop' | 'move' | 'pass';

export interface BackendTrial {
  /** The plugin that provides the backend. */
  readonly plugin: Plugin;
  /** Default: the plugin's first. */
  readonly backend?: string;
  /** Plugins with the kinds of `steps`, for the defaults those of `manual` and `codebuild`. */
  readonly plugins?: readonly Plugin[];
  readonly steps?: Partial<StepSamples>;
  /** `backends.<name>` of the definition. */
  readonly options?: object;
  /** Directory from which `aws-cdk-lib` is found; by default the working directory. */
  readonly directory?: string;
  /** Reads from what was emitted which actions there are and what each waits for. */
  read(drawn: DrawnPipeline): readonly EmittedAction[] | Promise<readonly EmittedAction[]>;
  /** Draws the steps where `render` leaves that to a run; absent where `render` draws them. */
  drawSteps?(project: OpenedProject, drawn: Pick<DrawnPipeline, 'plan' | 'directory' | 'project'>): Promise<void>;
  /**
   * Changes what was emitted so that a gate is gone (`drop`), stands behind everything (`move`), or one action that it held back
   * (`held`) no longer waits for it (`pass`). Absent where nothing is written that could be changed.
   */
  tamper?(drawn: DrawnPipeline, how: Tampering, gate: string, held: string): void | Promise<void>;
}
