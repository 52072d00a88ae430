/** Progress on a terminal: a list of phases, each with what it made. */
import { DefaultRenderer, Listr, ListrLogger, type ListrTask, ProcessOutput } from 'listr2';
import { forTerminal } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
import type { Progress, Step } from './progress.ts';

// listr2 asks whether stdout is a terminal; ours is drawn on stderr, for which the caller has asked.
class OnStderr extends DefaultRenderer {
  static override nonTTY = true;
}

const working: Record<Step, string> = {
  configure: 'reading the definition',
  model: 'checking the model',
  assemble: 'building the stacks',
  plan: 'planning',
  render: 'rendering',
  validate: 'validating the templates',
  write: 'writing',
  'look up': 'asking the registry, checking the tarball',
  install: 'running the package manager',
  uninstall: 'running the package manager',
  load: 'loading what was installed',
};

export function progressList(phases: readonly Step[]): Progress {
  const width = Math.max(...phases.map((phase) => phase.length));
  const steps = phases.map((phase) => ({ phase, ...openEnd() }));
  const output = new ProcessOutput(process.stderr, process.stdout);
  const list = new Listr(
    steps.map(({ phase, ended }) => taskOf(phase, width, ended)),
    {
      renderer: OnStderr,
      rendererOptions: {
        logger: new ListrLogger({ processOutput: output }),
        showErrorMessage: false,
      },
      registerSignalListeners: false,
    },
  );
  // The failure of a phase is told by the view of problems, not by the list.
  const drawn = list.run().catch(() => {});
  return {
    observe: (event) => {
      if (event.type === 'phaseEnd') steps.find(({ phase }) => phase === event.phase)?.end(event.summary);
    },
    end: async () => {
      for (const { end } of steps) end(undefined);
      await drawn;
    },
    abandon: () => output.release(),
  };
}

function taskOf(phase: Step, width: number, ended: Promise<string | undefined>): ListrTask {
  const title = (text: string) => forTerminal(printable`${phase.padEnd(width)}  ${text}`);
  return {
    title: phase,
    task: async (_, task) => {
      task.title = title(working[phase]);
      const summary = await ended;
      if (summary === undefined) throw new Error('the phase did not end');
      task.title = title(summary);
    },
  };
}

/** The end of a phase: what it made, or undefined where it failed or never began. */
function openEnd(): { ended: Promise<string | undefined>; end: (summary: string | undefined) => void } {
  let end: (summary: string | undefined) => void = () => {};
  const ended = new Promise<string | undefined>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}
