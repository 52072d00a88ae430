/** Ends the wait for a task that neither settles nor uses its tools: there is nothing that it could be waiting for. */
import { type PlanNode, pluginFailed, refused } from '@cdkpipe/core';
import type { TaskTools } from '../contract/renderer.ts';
import { taskIdle, taskLimitInvalid } from '../problems/problems.ts';

/** Seconds without a tool at work; what a build in CodeBuild may take by default. */
const defaultLimit = 3600;

/** Timers of Node.js fire at once when they are asked to wait longer. */
const longestTimer = 2 ** 31 - 1;

/**
 * @returns milliseconds
 * @throws CdkpipeError `TASK_LIMIT_INVALID`
 */
export function readTaskLimit(env: NodeJS.ProcessEnv): number {
  const text = env.CDKPIPE_TASK_TIMEOUT;
  const seconds = text === undefined || text === '' ? defaultLimit : Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0) throw refused([taskLimitInvalid(String(text))]);
  return Math.min(seconds * 1000, longestTimer);
}

/**
 * What `run` gives. As long as one of its tools is at work, it may take as long as that takes.
 *
 * @throws CdkpipeError (`source: 'plugin'`) when none has been at work for `limitMs`
 */
export async function whileActive<T>(
  signal: AbortSignal,
  tools: TaskTools,
  limitMs: number,
  node: PlanNode,
  run: (signal: AbortSignal, tools: TaskTools) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  let atWork = 0;
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<never>((_, reject) => {
    over.signal.addEventListener('abort', () => reject(over.signal.reason), { once: true });
  });
  idle.catch(() => {});
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => over.abort(pluginFailed([taskIdle(node.id, limitMs / 1000)])), limitMs);
  };
  const watched =
    <Args extends unknown[], R>(tool: (...args: Args) => R) =>
    (...args: Args): R => {
      const end = () => {
        atWork--;
        if (atWork === 0 && !over.signal.aborted) wait();
      };
      atWork++;
      clearTimeout(timer);
      let result: R;
      try {
        result = tool(...args);
      } catch (error) {
        end();
        throw error;
      }
      if (result instanceof Promise) result.then(end, end);
      else end();
      return result;
    };
  const own = Object.fromEntries(
    Object.entries(tools).map(([name, tool]) => [name, typeof tool === 'function' ? watched(tool as never) : tool]),
  ) as unknown as TaskTools;
  wait();
  try {
    return await Promise.race([run(AbortSignal.any([signal, over.signal]), own), idle]);
  } finally {
    clearTimeout(timer);
    atWork = Number.POSITIVE_INFINITY;
  }
}
