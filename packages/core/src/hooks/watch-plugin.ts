/** Lets a plugin work, and ends the wait for it with whatever it does to the process meanwhile. */
import type { CdkpipeError } from '../errors/cdkpipe-error.ts';
import { type PluginWork, runAsPlugin } from '../errors/plugin-at-work.ts';

/**
 * Runs `work` under the name of its plugin, without a time limit.
 *
 * @throws CdkpipeError (`source: 'plugin'`) when it calls `process.exit`, also where it catches what that throws, or when
 *   something fails that it does not wait for; else what `work` throws. Needs `guardingProcess` around it to notice.
 */
export async function watchPlugin<T>(work: PluginWork, run: () => T | Promise<T>): Promise<T> {
  let isOver = false;
  let taken: CdkpipeError | undefined;
  let fail: (fault: CdkpipeError) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // Whoever waits is told below; a fault that comes before there is somebody must not count as unhandled.
  failed.catch(() => {});
  const takeFault = (fault: CdkpipeError): boolean => {
    if (isOver) return false;
    taken ??= fault;
    fail(taken);
    return true;
  };
  try {
    const result = await Promise.race([runAsPlugin({ ...work, takeFault }, run), failed]);
    if (taken) throw taken;
    return result;
  } catch (error) {
    throw taken ?? error;
  } finally {
    isOver = true;
  }
}
