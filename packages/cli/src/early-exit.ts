/** Notices when code of the user's ends the process before a command is done, which must not look like success. */
import { refused } from '@cdkpipe/core';
import { endedEarly } from './problems.ts';
import { type ReportOptions, reportFailure } from './report-failure.ts';

/**
 * Reports an exit that happens while `work` is under way.
 *
 * @param giveBack gives the terminal back, before anything is written to it
 */
export async function watchingForExit<T>(
  options: ReportOptions,
  giveBack: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const report = (code: number): void => {
    giveBack();
    if (code !== 130) reportFailure(refused([endedEarly()]), options);
  };
  process.once('exit', report);
  try {
    return await work();
  } finally {
    process.off('exit', report);
  }
}
