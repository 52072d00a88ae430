/** How a command tells whoever watches how far it is. */
import type { Observer } from '@cdkpipe/core/host';

export interface Progress {
  readonly observe: Observer;
  /** Leaves the screen in order; whatever is printed afterwards stands below the progress. */
  end(): Promise<void>;
  /** The same at once, when the process ends. */
  readonly abandon: () => void;
}
