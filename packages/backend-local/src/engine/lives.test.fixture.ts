/** Lives of the process that `kill.test.ts` kills; the next is always started ahead. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

export interface Lives {
  /**
   * Lets a process carry on the run in `directory`, and kills it `delay` milliseconds after it has begun.
   *
   * @returns whether it was killed before it ended by itself
   */
  live(directory: string, delay: number): Promise<boolean>;
  /** Ends the process that was started ahead. */
  close(): void;
}

export function makeLives(program: string): Lives {
  const start = () => spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  let next = start();
  return {
    live: async (directory, delay) => {
      const child = next;
      next = start();
      const ended = new Promise<boolean>((resolve) => {
        child.once('exit', (_, signal) => resolve(signal === 'SIGKILL'));
      });
      // One that did not even start shows by its end.
      child.stdin.on('error', () => {});
      child.stdin.write(`${directory}\n`);
      await Promise.race([isReady(child), ended]);
      const late = new AbortController();
      await Promise.race([wait(delay, undefined, { signal: late.signal }).catch(() => {}), ended]);
      late.abort();
      child.kill('SIGKILL');
      return ended;
    },
    close: () => next.kill('SIGKILL'),
  };
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.stdout?.once('data', () => resolve()));
}

/** Whether a process runs; one that has ended and was not waited for does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
