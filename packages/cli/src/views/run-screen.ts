/** Draws the tree of a run on a terminal while it happens, and makes room where a person is asked. */
import type { RunEvent } from '@cdkpipe/backend-local/engine';
import { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from 'listr2';
import { forTerminal, printLine } from '../terminal/print.ts';
import { joinLines, printable } from '../terminal/printable.ts';
import { paintFor } from './paint.ts';
import { eventText } from './run-lines.ts';
import { runTree } from './run-tree.ts';
import type { RunDisplay } from './run-view.ts';
import { nothingSeen, watchNews } from './run-watch.ts';

export interface RunScreen extends RunDisplay {
  /** Takes the tree away while `work` has the terminal to itself. */
  aside<T>(work: () => Promise<T>): Promise<T>;
}

export function runScreen(): RunScreen {
  const paint = paintFor(process.stderr);
  let watch = nothingSeen;
  let drawing: { end(): Promise<void>; abandon(): void } | undefined;
  let asides = 0;
  const tree = (spinner: string, rows?: number) =>
    runTree(watch, {
      now: Date.now(),
      columns: process.stderr.columns || 80,
      ...(rows === undefined ? {} : { rows }),
      spinner,
      paint,
    });
  const begin = () => {
    if (watch.plan && asides === 0) drawing ??= draw((spinner) => tree(spinner, (process.stderr.rows || 24) - 2));
  };
  const stop = async () => {
    const ended = drawing;
    drawing = undefined;
    await ended?.end();
  };
  const aside = async <T>(work: () => Promise<T>): Promise<T> => {
    asides += 1;
    try {
      await stop();
      return await work();
    } finally {
      asides -= 1;
      begin();
    }
  };
  return {
    onNews: (news) => {
      watch = watchNews(watch, news, Date.now());
      if (news.type === 'record' && news.record.event.type === 'runStarted')
        printLine(process.stderr, printable`${eventText(news.record.event, paint) ?? ''}`);
      if (news.type === 'run')
        printLine(process.stderr, printable`${paint('bold', news.run)}${news.resumed ? ' goes on' : ''}`);
      if (news.type === 'record' && !news.past && isFromElsewhere(news.record.event)) {
        const text = eventText(news.record.event, paint) ?? '';
        void aside(async () => printLine(process.stderr, printable`${text}`));
      }
      if (news.type === 'remark')
        void aside(async () => printLine(process.stderr, printable`${paint('cyan', 'note')} ${news.text}`));
      begin();
    },
    onPhase: () => {},
    onStop: () => {
      watch = { ...watch, isStopping: true };
    },
    aside,
    end: async () => {
      asides += 1;
      await stop();
      const lines = tree('▸');
      if (lines.length > 0) printLine(process.stderr, joinLines(lines));
      watch = nothingSeen;
    },
    abandon: () => drawing?.abandon(),
  };
}

/** Who is asked on this terminal does not see otherwise that somebody was faster. */
function isFromElsewhere(event: RunEvent): boolean {
  return event.type === 'answered' && event.via === 'command';
}

const frames = [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'];
const frameMs = 100;

/** Redraws until it is ended, and leaves nothing on the screen. */
function draw(lines: (spinner: string) => string[]): { end(): Promise<void>; abandon(): void } {
  // listr2 moves the cursor, keeps what others write until it ends, and spins; what is drawn is ours.
  class TreeRenderer extends DefaultRenderer {
    static override nonTTY = true;
    override create(): string {
      return forTerminal(joinLines(lines(frames[Math.floor(Date.now() / frameMs) % frames.length] ?? '')));
    }
  }
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const output = new ProcessOutput(process.stderr, process.stdout);
  const drawn = new Listr([{ task: () => finished }], {
    renderer: TreeRenderer,
    rendererOptions: { logger: new ListrLogger({ processOutput: output }), clearOutput: true },
    registerSignalListeners: false,
  }).run();
  return {
    end: async () => {
      finish();
      await drawn;
    },
    abandon: () => output.release(),
  };
}
