/**
 * The time limits under which code of others works now. Timers end what waits; what computes without a pause lets none
 * run, so a second thread asks here.
 */
import { performance } from 'node:perf_hooks';
import { type PluginWork, pluginAtWork } from './plugin-at-work.ts';

interface RunningLimit {
  readonly milliseconds: number;
  readonly endsAt: number;
  readonly work: PluginWork | undefined;
  timedOut(): Error;
}

const running = new Set<RunningLimit>();

/**
 * @param timedOut what the work ends with when its time is over
 * @param work of the plugin that the limit is for; undefined where it is for code of the definition
 * @returns what to call when the work is done
 */
export function startLimit(milliseconds: number, timedOut: () => Error, work?: PluginWork): () => void {
  const limit = { milliseconds, endsAt: performance.now() + milliseconds, work, timedOut };
  running.add(limit);
  return () => void running.delete(limit);
}

/**
 * What the code that computes now has to end with; undefined while it still has time. Only computing counts: a `stacks` that
 * bundles in a container waits for minutes without a turn of the event loop.
 *
 * @param computedMs for how long the process has computed without such a turn
 */
export function findOverrun(computedMs: number): Error | undefined {
  const over = [...running].filter((limit) => computedMs >= limit.milliseconds && performance.now() >= limit.endsAt);
  const atWork = pluginAtWork();
  return (over.findLast(({ work }) => isSame(work, atWork)) ?? over.at(-1))?.timedOut();
}

/** Whoever watches a plugin adds to the work what only it needs. */
function isSame(one: PluginWork | undefined, other: PluginWork | undefined): boolean {
  return one?.plugin === other?.plugin && one?.what === other?.what && one?.node === other?.node;
}
