/** Progress without a terminal: `plan: 52 actions`, one line a phase, once it is over. */

import { type Printable, printable } from '../terminal/printable.ts';
import type { Progress } from './progress.ts';

export function progressLines(print: (line: Printable) => void): Progress {
  return {
    observe: (event) => {
      if (event.type === 'phaseEnd') print(printable`${event.phase}: ${event.summary}`);
    },
    end: async () => {},
    abandon: () => {},
  };
}
