/** How a command tells whoever watches how far it is. */
import type { Phase } from '@cdkpipe/core/host';
import type { PluginStep } from '../plugins/steps.ts';

/** What a command goes through: phases of the host, or steps of a command of its own. */
export type Step = Phase | PluginStep;

export type StepEvent =
  | { readonly type: 'phaseStart'; readonly phase: Step }
  | { readonly type: 'phaseEnd'; readonly phase: Step; readonly summary: string };

export interface Progress {
  readonly observe: (event: StepEvent) => void;
  /** Leaves the screen in order; whatever is printed afterwards stands below the progress. */
  end(): Promise<void>;
  /** The same at once, when the process ends. */
  readonly abandon: () => void;
}
