/** What the commands about the plugins of a project have in common. */
import { type Problem, refused } from '@cdkpipe/core';
import { string } from '@oclif/core/flags';
import type { Examination } from '../plugins/examine-plugin.ts';
import type { PluginStep, StepObserver } from '../plugins/steps.ts';
import { cannotAsk, declined } from '../problems/plugin-problems.ts';
import { interruptible } from '../process/interruption.ts';
import { print } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
import { paintFor } from '../views/paint.ts';
import { warningsView } from '../views/problems.ts';
import { showProgress } from '../views/show-progress.ts';
import { CdkpipeCommand } from './cdkpipe-command.ts';
import { watchingForExit } from './early-exit.ts';
import { readTimeout } from './project-request.ts';
import { reportFailure } from './report-failure.ts';

export const configFlag = {
  config: string({
    description: 'File of the definition; searched from here upwards by default.',
    helpValue: 'FILE',
  }),
};

/** How long a plugin may take to load, in milliseconds. */
const defaultLoadLimit = 30_000;

export abstract class PluginCommand extends CdkpipeCommand {
  /** Shows the steps of `work` as they come along, and lets a person stop it. */
  protected async inSteps<T>(
    steps: readonly PluginStep[],
    work: (observe: StepObserver, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const progress = await showProgress(
      this.jsonEnabled() ? 'none' : process.stderr.isTTY ? 'terminal' : 'lines',
      steps,
    );
    const { findOverrun, pluginExitFault } = await import('@cdkpipe/core/host');
    const watch = {
      report: (error: unknown) => reportFailure(error, this.reportOptions),
      giveBack: progress.abandon,
      pluginFault: pluginExitFault,
      overrun: findOverrun,
    };
    try {
      return await watchingForExit(watch, () => interruptible((signal) => work(progress.observe, signal)));
    } finally {
      await progress.end();
    }
  }

  /**
   * Shows each plugin and asks for it, unless that was answered with `--yes`.
   *
   * @throws CdkpipeError (`source: 'user'`) when one is not accepted, or there is nobody to ask
   */
  protected async accept(
    examined: readonly Examination[],
    { yes, verb, currentOf }: { yes: boolean; verb: string; currentOf: (name: string) => string | undefined },
  ): Promise<void> {
    const canAsk = !this.jsonEnabled() && process.stdin.isTTY === true && process.stderr.isTTY === true;
    const { pluginSheet } = await import('../views/plugin-sheet.ts');
    for (const one of examined) {
      const { candidate } = one;
      if (!this.jsonEnabled())
        print(process.stderr, pluginSheet(one, currentOf(candidate.name), paintFor(process.stderr)));
      if (yes) continue;
      if (!canAsk) throw refused([cannotAsk(candidate)]);
      const { askWhetherToAccept } = await import('../views/ask-plugin.ts');
      if (!(await askWhetherToAccept(printable`${verb} ${candidate.name} ${candidate.version}?`)))
        throw refused([declined(candidate)]);
    }
  }

  protected showWarnings(warnings: readonly Problem[]): void {
    print(process.stderr, warningsView(warnings, paintFor(process.stderr)));
  }

  /** All packages of cdkpipe have one version. */
  protected get coreVersion(): string {
    return this.config.pjson.version;
  }

  /** By what an installed plugin is judged. */
  protected get installation() {
    return { ownCommands: this.ownCommands, limitMs: readTimeout('CDKPIPE_PLUGIN_TIMEOUT') ?? defaultLoadLimit };
  }

  /** The commands that no plugin may bring. */
  protected get ownCommands(): readonly string[] {
    return this.config.commandIDs;
  }
}
