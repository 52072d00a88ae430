/** Progress without a terminal: `plan: 52 actions`, one line a phase, once it is over. */
import type { Progress } from './progress.ts';

export function progressLines(print: (line: string) => void): Progress {
  return {
    observe: (event) => {
      if (event.type === 'phaseEnd') print(`${event.phase}: ${event.summary}`);
    },
    end: async () => {},
    abandon: () => {},
  };
}
