/** Runs a command in a process group of its own, which never outlives the command, nor this process. */
import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { ProcessEnd } from '../contract.ts';
import { createRedactor } from './redact.ts';

export interface GroupSpec {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Values that are masked in the output. */
  readonly secrets: ReadonlySet<string>;
  readonly signal: AbortSignal;
  print(text: string): void;
}

/** How long a group that is asked to end may take, in milliseconds. */
const graceMs = 2000;

/**
 * A guard in the group reads from a pipe that only this process holds open. When the pipe closes, because the command
 * is over or because this process was killed, the guard ends the whole group and itself.
 */
const guard = `
( trap '' TERM INT HUP QUIT; IFS= read -r _ <&3; kill -KILL -- "-$$" ) </dev/null >/dev/null 2>&1 &
exec 3<&-
exec "$@"
`;

/** @throws Error where there is no bash, or `cwd` does not exist */
export function runGroup(spec: GroupSpec): Promise<ProcessEnd> {
  spec.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', guard, 'cdkpipe', spec.file, ...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const [, stdout, stderr, leash] = child.stdio;
    const endGroup = (signal: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, signal);
      } catch {
        // The group is gone.
      }
    };
    let timedOut = false;
    const timers: NodeJS.Timeout[] = [];
    const giveTime = () => {
      timedOut = true;
      endGroup('SIGTERM');
      timers.push(setTimeout(() => endGroup('SIGKILL'), graceMs));
    };
    const kill = () => endGroup('SIGKILL');
    if (spec.timeoutMs !== undefined) timers.push(setTimeout(giveTime, spec.timeoutMs));
    spec.signal.addEventListener('abort', kill);
    const settle = () => {
      for (const timer of timers) clearTimeout(timer);
      spec.signal.removeEventListener('abort', kill);
    };
    const flush = [stdout, stderr].map((stream) => pipeOut(stream, spec));
    // The guard ends what the command left behind, and with it the output that keeps `close` waiting.
    child.once('exit', () => leash?.destroy());
    leash?.on('error', () => {});
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle();
      reject(error.code === 'ENOENT' ? new Error(`bash is needed to run commands: ${error.message}`) : error);
    });
    child.once('close', (exitCode, signal) => {
      settle();
      for (const end of flush) end();
      resolve({ exitCode, signal, timedOut });
    });
  });
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
