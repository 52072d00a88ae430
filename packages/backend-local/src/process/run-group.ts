/** Runs a command in a process group of its own; nothing that it starts outlives the command, nor this process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProcessEnd } from '../contract/renderer.ts';
import { createRedactor } from './redact.ts';
import { makeStepCgroup, type StepCgroup } from './step-cgroup.ts';
import { StepProcesses } from './step-processes.ts';
import { newStepToken, stepVariable } from './step-token.ts';

export interface GroupSpec {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of the environment but the mark of the step. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Values that are masked in the output. */
  readonly secrets: ReadonlySet<string>;
  readonly signal: AbortSignal;
  print(text: string): void;
  /** Makes the control group; by default the system's, where it lets us. */
  makeCgroup?(token: string): StepCgroup | undefined;
}

/** How long what is asked to end may take, in milliseconds. */
const graceMs = 2000;

/** How long output may stay open behind the end of every process that was found, in milliseconds. */
const drainMs = 1000;

/**
 * A guard in the group reads from a pipe that only this process holds open. When the pipe closes although nobody has
 * ended the guard, this process was killed: the guard ends all that has the mark of the step, then the group with itself.
 * It stays out of the control group ($1), which the command enters, and removes it once the kernel has emptied it.
 */
const guard = `
cdkpipe_group=$1 cdkpipe_mark=$2
shift 2
( trap '' TERM INT HUP QUIT; IFS= read -r _ <&3
  if [ -n "$cdkpipe_group" ]; then echo 1 > "$cdkpipe_group/cgroup.kill"; fi
  for cdkpipe_round in 1 2 3 4 5; do
    for cdkpipe_file in $(grep -lzs "^$cdkpipe_mark" /proc/[0-9]*/environ); do
      cdkpipe_pid=\${cdkpipe_file#/proc/}
      cdkpipe_pid=\${cdkpipe_pid%/environ}
      if [ "$cdkpipe_pid" != "$BASHPID" ]; then kill -KILL "$cdkpipe_pid"; fi
    done
  done
  if [ -n "$cdkpipe_group" ]; then
    for cdkpipe_round in 1 2 3 4 5 6 7 8 9 10; do rmdir "$cdkpipe_group" && break; sleep 0.1; done
  fi
  kill -KILL -- "-$$" ) </dev/null >/dev/null 2>&1 &
exec 3<&-
if [ -n "$cdkpipe_group" ]; then echo 0 > "$cdkpipe_group/cgroup.procs"; fi 2>/dev/null
unset cdkpipe_group cdkpipe_mark
exec "$@"
`;

/** @throws Error where there is no bash, or `cwd` does not exist */
export async function runGroup(spec: GroupSpec): Promise<ProcessEnd> {
  spec.signal.throwIfAborted();
  const token = newStepToken();
  const cgroup = (spec.makeCgroup ?? makeStepCgroup)(token);
  const startedAt = performance.now();
  const mark = `${stepVariable}=${token}`;
  const child = spawn('bash', ['-c', guard, 'cdkpipe', cgroup?.directory ?? '', mark, spec.file, ...spec.args], {
    cwd: spec.cwd,
    env: { ...spec.env, [stepVariable]: token },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const { pid: root } = child;
  if (root === undefined) {
    cgroup?.remove();
    const [error] = (await once(child, 'error')) as [NodeJS.ErrnoException];
    throw error.code === 'ENOENT' ? new Error(`bash is needed to run commands: ${error.message}`) : error;
  }
  return watch(spec, child, new StepProcesses({ root, token, cgroup, startedAt }));
}

async function watch(spec: GroupSpec, child: ChildProcess, step: StepProcesses): Promise<ProcessEnd> {
  const [, stdout, stderr, leash] = child.stdio;
  leash?.on('error', () => {});
  const flush = [stdout, stderr].map((stream) => pipeOut(stream, spec));
  const closed = once(child, 'close');
  let timedOut = false;
  const timers: NodeJS.Timeout[] = [];
  const kill = () => void step.signal('SIGKILL');
  const giveTime = () => {
    timedOut = true;
    step.signal('SIGTERM');
    timers.push(setTimeout(kill, graceMs));
  };
  if (spec.timeoutMs !== undefined) timers.push(setTimeout(giveTime, spec.timeoutMs));
  spec.signal.addEventListener('abort', kill);
  if (spec.signal.aborted) kill();
  const [exitCode, signal] = (await new Promise((resolve) => {
    child.once('exit', (...end) => {
      step.rootEnded();
      resolve(end);
    });
  })) as [number | null, NodeJS.Signals | null];
  for (const timer of timers) clearTimeout(timer);
  const left = await step.end();
  spec.signal.removeEventListener('abort', kill);
  leash?.destroy();
  // What was not found may hold the output open; it is not waited for.
  await Promise.race([closed, wait(drainMs)]);
  stdout?.destroy();
  stderr?.destroy();
  for (const end of flush) end();
  if (left.length > 0) spec.print(`processes that could not be ended: ${left.join(', ')}\n`);
  return { exitCode, signal, timedOut };
}

function pipeOut(stream: unknown, { secrets, print }: GroupSpec): () => void {
  const decoder = new StringDecoder('utf8');
  const redactor = createRedactor(secrets);
  const show = (text: string) => {
    if (text !== '') print(text);
  };
  // `stdio` has no narrower type; these two are readable.
  (stream as NodeJS.ReadableStream).on('data', (chunk: Buffer) => show(redactor.push(decoder.write(chunk))));
  return () => show(redactor.push(decoder.end()) + redactor.end());
}
