/** What the commands that work on a definition have in common. */
import type { Observer, Phase, ProjectRequest, TapTrace } from '@cdkpipe/core/host';
import { boolean, string } from '@oclif/core/flags';
import { defaultBackend } from '../backends/built-in-backends.ts';
import { interruptible } from '../process/interruption.ts';
import { showProgress } from '../views/show-progress.ts';
import { CdkpipeCommand } from './cdkpipe-command.ts';
import { contextFlag } from './context-flag.ts';
import { watchingForExit } from './early-exit.ts';
import { type ProjectFlags, projectRequestOf } from './project-request.ts';
import { reportFailure } from './report-failure.ts';

export const projectFlags = {
  config: string({
    description: 'File of the definition; searched from here upwards by default.',
    helpValue: 'FILE',
  }),
  backend: string({
    description: `Backend that draws the pipeline; ${defaultBackend} by default.`,
    helpValue: 'NAME',
  }),
  context: contextFlag,
  frozen: boolean({
    description: 'Refuse plugins that are not those of cdkpipe.lock.json; without it they are only told.',
  }),
  'allow-linked': boolean({
    description: 'With --frozen: accept plugins that plugins:link has linked from their directory.',
  }),
};

/** Of commands that end with what a definition warns of. */
export const strictFlag = boolean({ description: 'Fail on warnings, also those of lint rules.' });

export interface ProjectWork {
  readonly flags: ProjectFlags;
  readonly phases: readonly Phase[];
  readonly quiet?: boolean;
  /** Is told of every call of a plugin's tap. */
  readonly onTap?: (tap: TapTrace) => void;
}

export abstract class ProjectCommand extends CdkpipeCommand {
  /** Lets `work` have a request, shows how it comes along, and lets a person stop it. */
  protected async onProject<T>(
    { flags, phases, quiet = false, onTap }: ProjectWork,
    work: (request: ProjectRequest) => Promise<T>,
  ): Promise<T> {
    const request = await projectRequestOf(flags, this.config);
    const silent = quiet || this.jsonEnabled();
    const progress = await showProgress(silent ? 'none' : process.stderr.isTTY ? 'terminal' : 'lines', phases);
    const observe: Observer = (event) => {
      if (event.type === 'tap') onTap?.(event.tap);
      else progress.observe(event);
    };
    const { findOverrun, pluginExitFault } = await import('@cdkpipe/core/host');
    const watch = {
      report: (error: unknown) => reportFailure(error, this.reportOptions),
      giveBack: progress.abandon,
      pluginFault: pluginExitFault,
      overrun: findOverrun,
    };
    let file: string | undefined;
    const onDefinition = (found: string) => {
      file = found;
    };
    try {
      return await watchingForExit(watch, () =>
        interruptible((signal) => work({ ...request, signal, observe, onDefinition, traceHooks: onTap !== undefined })),
      );
    } catch (error) {
      throw (await import('../locate/locate-problems.ts')).withPlaces(error, file);
    } finally {
      await progress.end();
    }
  }
}
