/** Ways in which a step goes wrong, brought about by what every renderer for `local` works with: the tools of tasks. */
import { setTimeout as wait, setImmediate as yieldToOthers } from 'node:timers/promises';
import type { LocalTask, ProcessEnd, TaskResult, TaskTools } from '@cdkpipe/backend-local';
import { watchingWorld } from './world-watch.ts';

/**
 * `reject`: people say no, processes end with exit code 1, requests with status 500, alarms go off. `timeOut`: nobody answers, processes take too
 * long. `kill`: processes are killed. `break`: tools throw. `cancel`: the run is ended by force.
 */
export type Trouble = 'reject' | 'timeOut' | 'kill' | 'break' | 'cancel';

/** What a task did in its trouble. */
export interface Met {
  /** Whether the trouble reached it: a task that starts no process meets no exit code. */
  readonly met: boolean;
  readonly approved: boolean;
  /** Whether it used nothing but the clock: only time decides then. */
  readonly clockOnly: boolean;
  /** What it reached for beside its tools, such as a socket. */
  readonly outside: readonly string[];
}

const ends: Readonly<Record<Exclude<Trouble, 'break'>, ProcessEnd>> = {
  reject: { exitCode: 1, signal: null, timedOut: false },
  timeOut: { exitCode: null, signal: 'SIGTERM', timedOut: true },
  kill: { exitCode: null, signal: 'SIGKILL', timedOut: false },
  cancel: { exitCode: null, signal: 'SIGKILL', timedOut: false },
};

/** How long a task that uses none of its tools works until it is cancelled all the same, in milliseconds. */
const patience = 200;

export interface Troubled {
  readonly task: LocalTask;
  /** Told when the task begins. */
  onBegin(): void;
  /** Told once it is over. */
  onEnd(met: Met): void;
  /** Ends the run by force. */
  cancel(): void;
}

/** The same task with tools that bring the trouble about; no process is started, and nobody waits. */
export function troubled(trouble: Trouble, { task, onBegin, onEnd, cancel }: Troubled): LocalTask {
  return {
    ...task,
    run: async (signal, tools) => {
      onBegin();
      let met = false;
      const outside = new Set<string>();
      const used = new Set<string>();
      const told = (approved: boolean) => {
        const clockOnly = used.size > 0 && [...used].every((tool) => clock.has(tool));
        onEnd({ met, approved, clockOnly, outside: [...outside] });
      };
      const meet = () => {
        met = true;
        if (trouble === 'cancel') cancel();
      };
      const over = new AbortController();
      if (trouble === 'cancel') wait(patience, undefined, { signal: over.signal }).then(meet, () => {});
      try {
        const given = trouble === 'break' ? broken(tools, meet) : failing(trouble, tools, meet, signal);
        const result = await watchingWorld(
          (what) => outside.add(what),
          () =>
            task.run(
              signal,
              noting(given, (tool) => used.add(tool)),
            ),
        );
        told(result?.approved === true);
        return result;
      } catch (error) {
        told(false);
        throw error;
      } finally {
        over.abort();
      }
    },
  };
}

/** Tools that only time passes by. */
const clock: ReadonlySet<string> = new Set(['now', 'sleep', 'log']);

function noting(tools: TaskTools, note: (tool: string) => void): TaskTools {
  const noted = Object.entries(tools).map(([name, tool]) => [
    name,
    (...given: unknown[]) => {
      note(name);
      return (tool as (...given: unknown[]) => unknown)(...given);
    },
  ]);
  return Object.fromEntries(noted) as TaskTools;
}

function failing(trouble: keyof typeof ends, tools: TaskTools, meet: () => void, signal: AbortSignal): TaskTools {
  const end = ends[trouble];
  const start = Date.now();
  let passed = 0;
  const fail = async (): Promise<TaskResult> => {
    meet();
    return { approved: false, reason: `the commands ended as in ${JSON.stringify(end)}` };
  };
  return {
    ...tools,
    // Examples name sources and secrets that nobody has here.
    workspace: () => tools.workspace(),
    secret: () => 'secret',
    parameter: () => 'parameter',
    run: async () => {
      meet();
      return end;
    },
    shell: fail,
    build: fail,
    fetch: async () => {
      meet();
      if (trouble === 'reject') return new Response('{}', { status: 500, statusText: 'made up by the check' });
      if (trouble === 'timeOut') throw new DOMException('made up by the check', 'TimeoutError');
      throw new TypeError('fetch failed', { cause: new Error('the connection was reset, as the check made up') });
    },
    aws: async () => {
      meet();
      if (trouble === 'timeOut') throw new DOMException('made up by the check', 'TimeoutError');
      const refusal = { name: 'InternalFailure', $fault: 'server', $metadata: { httpStatusCode: 500 } };
      if (trouble === 'reject') throw Object.assign(new Error('made up by the check'), refusal);
      throw new Error('the connection was reset, as the check made up');
    },
    now: () => new Date(start + passed),
    sleep: async (milliseconds) => {
      if (trouble === 'cancel') meet();
      await yieldToOthers();
      signal.throwIfAborted();
      passed += milliseconds;
    },
  };
}

function broken({ log }: TaskTools, meet: () => void): TaskTools {
  const fail = (): never => {
    meet();
    throw new Error('the check lets this tool fail');
  };
  const reject = async () => fail();
  return {
    log,
    now: fail,
    scratch: reject,
    workspace: reject,
    keep: reject,
    secret: fail,
    parameter: fail,
    shell: reject,
    build: reject,
    run: reject,
    fetch: reject,
    aws: reject,
    sleep: reject,
  };
}
