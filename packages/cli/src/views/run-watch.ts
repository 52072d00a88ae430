/** What somebody who watches a run knows so far, gathered from its news. */
import { emptyRun, foldRecords, type RunNews, type RunState } from '@cdkpipe/backend-local/engine';
import type { Plan } from '@cdkpipe/core';

export interface RunWatch {
  readonly run?: string;
  readonly plan?: Plan;
  readonly state: RunState;
  /** When an action was seen to begin, by this machine's clock; the run's own may be another. */
  readonly seen: ReadonlyMap<string, number>;
  /** The last line that each action has printed. */
  readonly logs: ReadonlyMap<string, string>;
  /** Whether it has been asked to stop. */
  readonly isStopping: boolean;
}

export const nothingSeen: RunWatch = { state: emptyRun, seen: new Map(), logs: new Map(), isStopping: false };

/** @param now milliseconds of this machine's clock */
export function watchNews(watch: RunWatch, news: RunNews, now: number): RunWatch {
  switch (news.type) {
    case 'run':
      return { ...watch, run: news.run };
    case 'plan':
      return { ...watch, plan: news.plan };
    case 'remark':
      return watch;
    case 'log':
      return news.line.trim() === '' ? watch : { ...watch, logs: new Map(watch.logs).set(news.node, news.line) };
    case 'record': {
      const { event } = news.record;
      const begins = event.type === 'actionStarted' || event.type === 'questionAsked';
      return {
        ...watch,
        state: foldRecords(watch.state, [news.record]),
        ...(begins ? { seen: new Map(watch.seen).set(event.node, now) } : {}),
      };
    }
  }
}
