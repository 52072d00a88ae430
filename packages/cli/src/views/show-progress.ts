/** Chooses the progress that suits whoever watches. */

import { printLine } from '../terminal/print.ts';
import type { Progress, Step } from './progress.ts';
import { progressLines } from './progress-lines.ts';

/** `terminal` redraws a list, `lines` prints one line a phase, `none` is silent. */
export type ProgressStyle = 'terminal' | 'lines' | 'none';

export async function showProgress(style: ProgressStyle, phases: readonly Step[]): Promise<Progress> {
  switch (style) {
    case 'terminal':
      return (await import('./progress-list.ts')).progressList(phases);
    case 'lines':
      return progressLines((line) => printLine(process.stderr, line));
    case 'none':
      return { observe: () => {}, end: async () => {}, abandon: () => {} };
  }
}
