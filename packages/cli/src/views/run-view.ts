/** Shows a run while it happens: lines for people, or events for programs. */
import type { RunNews } from '@cdkpipe/backend-local/engine';
import type { ProgressEvent } from '@cdkpipe/core/host';
import { withoutStyles } from '../terminal/make-visible.ts';
import { printLine } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
import { paintFor } from './paint.ts';
import { recordLine, stoppingText } from './run-lines.ts';

export interface RunDisplay {
  onNews(news: RunNews): void;
  onPhase(event: ProgressEvent): void;
  /** Told once, when the run has been asked to stop. */
  onStop(): void;
  /** Leaves the screen in order; what is printed afterwards stands below. */
  end(): Promise<void>;
  /** The same at once, when the process ends. */
  abandon(): void;
}

const unmoved = {
  onStop: () => printLine(process.stderr, printable`${stoppingText}`),
  end: async () => {},
  abandon: () => {},
};

export function runLines(): RunDisplay {
  const paint = paintFor(process.stdout);
  const print = (line: string | undefined) => line !== undefined && printLine(process.stdout, printable`${line}`);
  let resumed = false;
  return {
    ...unmoved,
    onNews: (news) => {
      if (news.type === 'run') {
        resumed = news.resumed;
        print(`${paint('bold', news.run)}${news.resumed ? ' goes on' : ''}`);
      } else if (news.type === 'record' && !(news.past && resumed)) print(recordLine(news.record, paint));
      else if (news.type === 'remark') print(`${paint('cyan', 'note')} ${news.text}`);
      else if (news.type === 'log') print(paint('dim', `         ${news.node} │ ${withoutStyles(news.line)}`));
    },
    onPhase: (event) => {
      if (event.type === 'phaseEnd') printLine(process.stderr, printable`${event.phase}: ${event.summary}`);
    },
  };
}

/** One JSON object a line; the records are those of the journal. */
export function runEvents(write: (event: unknown) => void): RunDisplay {
  return {
    ...unmoved,
    onNews: (news) => {
      if (news.type === 'record')
        write({ seq: news.record.seq, at: news.record.at, past: news.past, ...news.record.event });
      else if (news.type !== 'plan') write(news);
    },
    onPhase: (event) => {
      if (event.type === 'phaseEnd') write({ type: 'phase', phase: event.phase, summary: event.summary });
    },
  };
}
