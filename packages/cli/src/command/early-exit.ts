/**
 * Notices when code of the user's ends the process before a command is done, or has to be ended as it computes beyond its time
 * limit; neither must look like success.
 */
import { type CdkpipeError, refused } from '@cdkpipe/core';
import { endedEarly } from '../problems/problems.ts';
import { judgeComputing, watchForBlockedThread } from '../process/blocked-thread.ts';
import { settleExitCode } from '../process/exit-code.ts';
import { areCaught, wasInterrupted } from '../process/signals.ts';

export interface ExitWatch {
  /** Shows the failure, and sets the exit code. */
  readonly report: (error: unknown) => void;
  /** Gives the terminal back, before anything is written to it. */
  readonly giveBack: () => void;
  /** The fault of the plugin whose code is ending the process; undefined when it is none. */
  readonly pluginFault: () => CdkpipeError | undefined;
  /** What code that has computed without a pause for so long has to end with; undefined while it still has time. */
  readonly overrun: (computedMs: number) => Error | undefined;
}

/** Reports an exit that happens while `work` is under way, and brings it about where the time of what computes is over. */
export async function watchingForExit<T>(watch: ExitWatch, work: () => Promise<T>): Promise<T> {
  if (areCaught()) watchForBlockedThread();
  let overrun: Error | undefined;
  const endJudging = judgeComputing((computedMs) => {
    overrun = watch.overrun(computedMs);
    return overrun !== undefined;
  });
  const report = (): void => {
    watch.giveBack();
    if (wasInterrupted()) return;
    watch.report(overrun ?? watch.pluginFault() ?? refused([endedEarly()]));
    settleExitCode(process.exitCode);
  };
  process.once('exit', report);
  try {
    return await work();
  } finally {
    endJudging();
    process.off('exit', report);
  }
}
