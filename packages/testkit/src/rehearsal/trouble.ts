/** Ways in which a step goes wrong, brought about by what every renderer for `local` works with: the tools of tasks. */
import { setTimeout as wait, setImmediate as yieldToOthers } from 'node:timers/promises';
import type { LocalTask, ProcessEnd, TaskResult, TaskTools } from '@cdkpipe/backend-local';

/**
 * `reject`: people say no, processes end with exit code 1, alarms go off. `timeOut`: nobody answers, processes take too
 * long. `kill`: processes are killed. `break`: tools throw. `cancel`: the run is ended by force.
 */
export type Trouble = 'reject' | 'timeOut' | 'kill' | 'break' | 'cancel';

/** What a task did in its trouble. */
export interface Met {
  /** Whether the trouble reached it: a task that starts no process meets no exit code. */
  readonly met: boolean;
  readonly approved: boolean;
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
  /** Told once it is over. */
  onEnd(met: Met): void;
  /** Ends the run by force. */
  cancel(): void;
}

/** The same task with tools that bring the trouble about; no process is started, and nobody waits. */
export function troubled(trouble: Trouble, { task, onEnd, cancel }: Troubled): LocalTask {
  return {
    ...task,
    run: async (signal, tools) => {
      let met = false;
      const meet = () => {
        met = true;
        if (trouble === 'cancel') cancel();
      };
      const over = new AbortController();
      if (trouble === 'cancel') wait(patience, undefined, { signal: over.signal }).then(meet, () => {});
      try {
        const result = await task.run(
          signal,
          trouble === 'break' ? broken(tools, meet) : failing(trouble, tools, meet, signal),
        );
        onEnd({ met, approved: result.approved });
        return result;
      } catch (error) {
        onEnd({ met, approved: false });
        throw error;
      } finally {
        over.abort();
      }
    },
  };
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
    now: () => new Date(start + passed),
    sleep: async (milliseconds) => {
      if (trouble === 'cancel') meet();
      await yieldToOthers();
      signal.throwIfAborted();
      passed += milliseconds;
    },
  };
}

function broken({ log, now }: TaskTools, meet: () => void): TaskTools {
  const fail = (): never => {
    meet();
    throw new Error('the check lets this tool fail');
  };
  const reject = async () => fail();
  return {
    log,
    now,
    scratch: reject,
    workspace: reject,
    keep: reject,
    secret: fail,
    parameter: fail,
    shell: reject,
    build: reject,
    run: reject,
    sleep: reject,
  };
}
