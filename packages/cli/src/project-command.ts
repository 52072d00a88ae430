/** What the commands that work on a definition have in common. */
import type { Phase, ProjectRequest } from '@cdkpipe/core/host';
import { string } from '@oclif/core/flags';
import { CdkpipeCommand } from './cdkpipe-command.ts';
import { watchingForExit } from './early-exit.ts';
import { interruptible } from './interruption.ts';
import { type ProjectFlags, projectRequestOf } from './project-request.ts';
import { showProgress } from './views/show-progress.ts';

export const projectFlags = {
  config: string({
    char: 'c',
    description: 'File of the definition; searched from here upwards by default.',
    helpValue: 'FILE',
  }),
  backend: string({
    description: 'Backend that draws the pipeline; codepipeline by default.',
    helpValue: 'NAME',
  }),
};

export interface ProjectWork {
  readonly flags: ProjectFlags;
  readonly phases: readonly Phase[];
  readonly quiet?: boolean;
}

export abstract class ProjectCommand extends CdkpipeCommand {
  /** Lets `work` have a request, shows how it comes along, and lets a person stop it. */
  protected async onProject<T>(
    { flags, phases, quiet = false }: ProjectWork,
    work: (request: ProjectRequest) => Promise<T>,
  ): Promise<T> {
    const request = await projectRequestOf(flags, this.config);
    const silent = quiet || this.jsonEnabled();
    const progress = await showProgress(silent ? 'none' : process.stderr.isTTY ? 'terminal' : 'lines', phases);
    try {
      return await watchingForExit(this.reportOptions, progress.abandon, () =>
        interruptible((signal) => work({ ...request, signal, observe: progress.observe })),
      );
    } finally {
      await progress.end();
    }
  }
}
