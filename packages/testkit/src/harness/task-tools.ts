/** Builds the tools of a task; what a test does not fake fails when it is used. */
import type { AwsClient, AwsCommand, TaskTools } from '@cdkpipe/backend-local';

/** Fakes of what a task reaches the world by. */
export interface FakedTools {
  fetch?(url: string, init: RequestInit): Response | Promise<Response>;
  /** A number is the exit code of a process that ended by itself. */
  run?(command: Parameters<TaskTools['run']>[0]): RunEnd | Promise<RunEnd>;
  shell?: TaskTools['shell'];
  build?: TaskTools['build'];
  aws?(command: AwsCommand<unknown>, client: AwsClient): unknown;
  workspace?: TaskTools['workspace'];
  scratch?: TaskTools['scratch'];
  keep?: TaskTools['keep'];
  /** Values by name, or by `name:field`. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Values by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** When the task begins; by default 2026-01-05T12:00:00Z, a Monday. Waiting takes no time and moves the clock on. */
  readonly clock?: Date | string;
}

type RunEnd = Awaited<ReturnType<TaskTools['run']>> | number;

export interface FakeTools {
  readonly tools: TaskTools;
  readonly log: readonly string[];
  /** What was used although nothing stands in for it. */
  readonly missing: readonly string[];
  now(): Date;
}

const defaultClock = '2026-01-05T12:00:00Z';

export function taskTools(faked: FakedTools = {}, signal: AbortSignal = new AbortController().signal): FakeTools {
  const log: string[] = [];
  const missing: string[] = [];
  let now = new Date(faked.clock ?? defaultClock).getTime();
  if (Number.isNaN(now)) throw new TypeError(`the clock is no date: ${String(faked.clock)}`);
  const lacking = (what: string, name: string): never => {
    missing.push(`${what}: give the test ${name}`);
    throw new Error(`the task used ${what}, and nothing stands in for it: give the test ${name}`);
  };
  const value = (of: 'secrets' | 'parameters', name: string): string => {
    const found = faked[of]?.[name];
    return found ?? lacking(`${of === 'secrets' ? 'the secret' : 'the parameter'} ${name}`, of);
  };
  const tools: TaskTools = {
    log: (text) => void log.push(text),
    scratch: faked.scratch ?? (async () => lacking('tools.scratch', 'scratch')),
    workspace: faked.workspace ?? (async () => lacking('tools.workspace', 'workspace')),
    keep: faked.keep ?? (async () => lacking('tools.keep', 'keep')),
    shell: faked.shell ?? (async () => lacking('tools.shell', 'shell')),
    build: faked.build ?? (async () => lacking('tools.build', 'build')),
    secret: (name, field) => value('secrets', field === undefined ? name : `${name}:${field}`),
    parameter: (name) => value('parameters', name),
    run: async (command) => {
      const end = faked.run ? await faked.run(command) : lacking('tools.run', 'run');
      return typeof end === 'number' ? { exitCode: end, signal: null, timedOut: false } : end;
    },
    fetch: async (url, init = {}) => (faked.fetch ? faked.fetch(String(url), init) : lacking('tools.fetch', 'fetch')),
    aws: async <Output>(client: AwsClient, command: AwsCommand<Output>) =>
      (faked.aws ? await faked.aws(command, client) : lacking('tools.aws', 'aws')) as Output,
    now: () => new Date(now),
    sleep: async (milliseconds) => {
      await new Promise(setImmediate);
      signal.throwIfAborted();
      now += milliseconds;
    },
  };
  return { tools, log, missing, now: () => new Date(now) };
}
