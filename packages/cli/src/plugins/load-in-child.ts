/** Loads a plugin for the first time in a process of its own, which may end, hang or compute for ever without harm to ours. */
import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pluginFailed } from '@cdkpipe/core';
import { loadEnded, loadTimedOut } from '../problems/plugin-problems.ts';
import { printLine } from '../terminal/print.ts';
import { printable } from '../terminal/printable.ts';
import type { LoadAnswer, LoadedPlugin, LoadQuestion } from './load-question.ts';

const require = createRequire(import.meta.url);

/** @throws CdkpipeError (`source: 'plugin'`) when it cannot be loaded, ends its process or takes too long */
export async function loadInChild(question: LoadQuestion, signal: AbortSignal): Promise<LoadedPlugin> {
  signal.throwIfAborted();
  const program = join(dirname(require.resolve('@cdkpipe/cli/package.json')), 'dist/load-plugin.js');
  const isWindows = process.platform === 'win32';
  const child = fork(program, [JSON.stringify(question)], {
    cwd: question.from,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own, so that what it starts ends with it.
    detached: !isWindows,
  });
  const kill = () => killGroup(child);
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    kill();
  }, question.limitMs);
  process.once('exit', kill);
  signal.addEventListener('abort', kill, { once: true });
  try {
    const { answer, ending } = await endOf(child);
    signal.throwIfAborted();
    if (answer === undefined)
      throw pluginFailed([isOver ? loadTimedOut(question, question.limitMs / 1000) : loadEnded(question, ending)]);
    if ('problems' in answer) throw pluginFailed([...answer.problems]);
    return answer.plugin;
  } finally {
    clearTimeout(timer);
    process.off('exit', kill);
    signal.removeEventListener('abort', kill);
    kill();
  }
}

/** What it prints is text of a stranger, and none of our document. */
async function endOf(child: ChildProcess): Promise<{ answer: LoadAnswer | undefined; ending: string }> {
  let answer: LoadAnswer | undefined;
  child.once('message', (message) => {
    answer = message as LoadAnswer;
  });
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface(stream).on('line', (line) => printLine(process.stderr, printable`${line}`));
  const ending = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { answer, ending };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It has ended, with all that it started.
  }
}
