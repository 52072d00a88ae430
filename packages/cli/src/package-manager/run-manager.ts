/** Runs a package manager so that it can be ended for certain, before what it changed is put back. */
import { type ChildProcess, spawn } from 'node:child_process';
import { refused } from '@cdkpipe/core';
import { managerFailed } from '../problems/plugin-problems.ts';
import type { CommandLine } from './command-lines.ts';

/** How much of its output a failure shows. */
const shownLines = 15;

/** How long it may tidy up once it was asked to stop; shorter than what we have ourselves. */
const graceMs = 1000;

/**
 * Resolves when the process and its children have ended, also after `signal` was aborted.
 *
 * @throws CdkpipeError (`source: 'user'`) when it fails, with the end of its output; the signal's reason when aborted
 */
export async function runManager(line: CommandLine, directory: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const isWindows = process.platform === 'win32';
  const shown = `${line.command} ${line.args.join(' ')}`;
  if (isWindows && line.args.some((argument) => /[^\w@.:/\\~+=#-]/.test(argument)))
    throw refused([managerFailed(shown, 'holds characters that a shell would understand', '')]);
  const child = spawn(line.command, line.args, {
    cwd: directory,
    // Its output is shown where it fails, without styles.
    env: { ...process.env, FORCE_COLOR: '0', ...line.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm and its like are scripts there; nothing that a shell understands gets there, see above.
    shell: isWindows,
    // A group of its own: Ctrl-C reaches us alone, and one signal ends all of it.
    detached: !isWindows,
  });
  const kill = (how: NodeJS.Signals) => killGroup(child, how);
  const killNow = () => kill('SIGKILL');
  let hardEnd: NodeJS.Timeout | undefined;
  const stop = () => {
    kill('SIGTERM');
    hardEnd = setTimeout(killNow, graceMs);
  };
  // Before anything else that happens at the end: files are put back only when nobody writes them any more.
  process.prependOnceListener('exit', killNow);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { outcome, output } = await ended(child);
    signal.throwIfAborted();
    if (outcome !== undefined) throw refused([managerFailed(shown, outcome, lastLines(output))]);
  } finally {
    clearTimeout(hardEnd);
    signal.removeEventListener('abort', stop);
    process.off('exit', killNow);
  }
}

function ended(child: ChildProcess): Promise<{ outcome?: string; output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ outcome: `could not be run: ${message}`, output }));
    child.once('close', (code, signal) =>
      resolve({ ...(code !== 0 && { outcome: `ended with ${signal ?? `exit code ${code}`}` }), output }),
    );
  });
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

function lastLines(output: string): string {
  const lines = output
    .trimEnd()
    .split('\n')
    .filter((line) => line.trim() !== '' && !/A complete log of this run|^\s+\/.*debug-\d\.log/.test(line));
  return lines.slice(-shownLines).join('\n');
}
