/** Notices when code of the user's ends the process before a command is done, which must not look like success. */
import { type CdkpipeError, refused } from '@cdkpipe/core';
import { endedEarly } from '../problems/problems.ts';
import { settleExitCode } from '../process/exit-code.ts';
import { wasInterrupted } from '../process/signals.ts';
import { type ReportOptions, reportFailure } from './report-failure.ts';

export interface ExitWatch {
  readonly report: ReportOptions;
  /** Gives the terminal back, before anything is written to it. */
  readonly giveBack: () => void;
  /** The fault of the plugin whose code is ending the process; undefined when it is none. */
  readonly pluginFault: () => CdkpipeError | undefined;
}

/** Reports an exit that happens while `work` is under way. */
export async function watchingForExit<T>(watch: ExitWatch, work: () => Promise<T>): Promise<T> {
  const report = (): void => {
    watch.giveBack();
    if (wasInterrupted()) return;
    reportFailure(watch.pluginFault() ?? refused([endedEarly()]), watch.report);
    settleExitCode(process.exitCode);
  };
  process.once('exit', report);
  try {
    return await work();
  } finally {
    process.off('exit', report);
  }
}
