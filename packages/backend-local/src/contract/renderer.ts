/** What this backend offers to renderers, and what it wants of them. */
import type { Environment, PartialBuildSpec, Plan, PlanNode, ValueReference } from '@cdkpipe/core';
import type { ChangeFinding, ChangeSummary } from '@cdkpipe/deployer-cloudformation';
import type { Retry, RunMode } from '../journal/run-event.ts';

/** The changes of one stack that a change approval decides about. */
export interface StackChange extends ChangeSummary {
  readonly deployment: string;
  /** Path of the stack's construct inside the deployment. */
  readonly stack: string;
  /** Template that will be deployed, absolute. */
  readonly templateFile: string;
}

/**
 * What a renderer for `local` is given. Everything in it is known before the action starts.
 *
 * @example
 * render: ({ options: { url } }, context) => ({
 *   type: 'question',
 *   comment: `Is ${context.value(url)} up?`,
 * }),
 */
export interface LocalContext {
  readonly plan: Plan;
  readonly node: PlanNode;
  readonly run: string;
  readonly mode: RunMode;
  /** Directory of the definition. */
  readonly projectDirectory: string;
  /** Environment of the deployment; absent before a wave and around the build. */
  readonly deploymentEnv?: Environment;
  /**
   * The value of a reference: an output of the deployment's stacks, an attribute of a source, a variable of the
   * pipeline, or one that an earlier step has exported.
   *
   * @throws CdkpipeError where this machine knows no value, with what to do
   */
  value(reference: ValueReference): string;
  /** Change sets of the deployment that are prepared and not yet executed. */
  readonly changes: readonly StackChange[];
  /** When the last stack of the deployment so far was executed; absent where none was. */
  readonly executed?: Date;
  /** When the action was begun first, where it was cut in the middle since. */
  readonly begun?: Date;
  /** Alarms that count as gone off, by name or ARN; only a rehearsal has any. */
  readonly ringing: readonly string[];
  /** Where the cloud assembly lies; absent around the build. */
  readonly assemblyDirectory?: string;
}

/**
 * What a task may do with the machine; all text that leaves it has the values of secrets removed.
 *
 * @example
 * run: async (signal, tools) => {
 *   const { status } = await tools.fetch('https://example.com/health');
 *   return status === 200 ? { approved: true } : { approved: false, reason: `it answers ${status}` };
 * },
 */
export interface TaskTools {
  /** Adds to the action's log. */
  log(text: string): void;
  /** An empty directory of the task's own, removed when it ends. */
  scratch(): Promise<string>;
  /**
   * A copy of the source of the task's own, with the directories of `inputs` laid into it: of additional sources, the
   * build's output, or what earlier steps have kept.
   *
   * @throws Error where one of them was not made, or the source holds files where the output of a step would lie
   */
  workspace(inputs?: readonly string[]): Promise<string>;
  /**
   * Keeps a directory that the task has made, for the build and later steps, which find it in their workspaces as the
   * directory `as`. Only for steps around the build.
   *
   * @param cwd where the task has worked
   * @param from directory in it
   * @throws CdkpipeError `STEP_OUTPUT_MISPLACED`, `STEP_OUTPUT_TAKEN`, `STEP_OUTPUT_UNSAFE`; Error where there is no such
   *   directory, or it leads out of `cwd`
   */
  keep(cwd: string, from: string, as: string): Promise<void>;
  /**
   * The value of a secret or a parameter; on this machine it comes from an environment variable.
   *
   * @throws Error naming the variable where it is not set
   */
  secret(name: string, field?: string): string;
  parameter(name: string): string;
  /** Runs commands one after the other in one bash, until one fails. */
  shell(commands: readonly string[], options: ShellOptions): Promise<TaskResult>;
  /**
   * Runs commands as a CodeBuild project would, phase by phase in one bash, with the variables of their buildspec. What
   * cannot be done on this machine is named in the log.
   *
   * @throws CdkpipeError `GATE_IGNORES_FAILURE`, `BUILD_SPEC_CONFLICT`, `SHELL_NOT_HERE`; Error where a secret or parameter
   *   has no value here
   */
  build(work: BuildCommands, options: ShellOptions): Promise<TaskResult>;
  /** Runs a process in a group of its own, which is ended as a whole. */
  run(command: ProcessSpec): Promise<ProcessEnd>;
  /**
   * Asks over HTTP, as the global `fetch` does; ended when the run is ended by force. It is what checks and tests replace, so
   * that nothing leaves the machine there.
   */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  /**
   * Sends a command of the AWS SDK with a client of it, which finds region and credentials as it always does; ended when
   * the run is ended by force. What the command may do is up to the credentials of the person that runs.
   *
   * @throws CdkpipeError `AWS_IN_REHEARSAL` in a rehearsal, which touches no account; what the client throws
   */
  aws<Output>(client: AwsClient, command: AwsCommand<Output>): Promise<Output>;
  /** The run's clock, which `--at` can set. */
  now(): Date;
  /** Waits by the run's clock. */
  sleep(milliseconds: number): Promise<void>;
}

/** A client of the AWS SDK for JavaScript, such as `new CloudWatchClient({})`. */
export interface AwsClient {
  send(command: never, options: never): unknown;
}

/** A command of the AWS SDK for JavaScript, such as `new DescribeAlarmsCommand({ … })`. */
export interface AwsCommand<Output> {
  readonly input: object;
  resolveMiddleware(stack: never, configuration: never, options: never): (args: never) => Promise<{ output: Output }>;
}

export interface ShellOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Minutes. */
  readonly timeout: number;
  /** Names of variables whose values are wanted, as they are when the commands have ended. */
  readonly exports?: readonly string[];
}

/** How a CodeBuild project runs, which has no meaning on this machine. */
export type BuildSetting =
  | 'image'
  | 'computeType'
  | 'privileged'
  | 'cache'
  | 'vpc'
  | 'fileSystems'
  | 'logging'
  | 'rolePolicy';

/** What a CodeBuild project is to do, with the names of the definition. */
export interface BuildCommands extends Partial<Readonly<Record<BuildSetting, unknown>>> {
  readonly commands: readonly string[];
  readonly installCommands?: readonly string[] | undefined;
  readonly buildSpec?: PartialBuildSpec | undefined;
}

export interface ProcessSpec {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Beside what every process gets: PATH, HOME, the locale and proxies. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the group is ended; no limit when absent. */
  readonly timeoutMs?: number;
}

export interface ProcessEnd {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
}

/** How a task ended; it is over for good once this is recorded. */
export type TaskResult =
  | {
      readonly approved: true;
      /** One line about what was done. */
      readonly summary?: string;
      /** Values of variables that later steps may use, kept in the journal; never those of secrets. */
      readonly exports?: Readonly<Record<string, string>>;
    }
  | { readonly approved: false; readonly reason: string };

/**
 * Work for the machine.
 *
 * @example
 * const task: LocalTask = { type: 'task', retry: 'safe', run: async () => ({ approved: true }) };
 */
export interface LocalTask {
  readonly type: 'task';
  /**
   * What to do when the machine stopped in the middle: `safe` runs it again, `ask` asks a person whether to, `never`
   * counts it as failed.
   */
  readonly retry: Retry;
  /** Names under which the task will {@link TaskTools.keep} something; refused before it runs rather than when it has run. */
  readonly keeps?: readonly string[];
  /** @param signal aborted when the run is ended by force */
  run(signal: AbortSignal, tools: TaskTools): Promise<TaskResult>;
}

/**
 * A decision for a person.
 *
 * @example
 * const question: LocalQuestion = { type: 'question', comment: 'Is all well?' };
 */
export interface LocalQuestion {
  readonly type: 'question';
  /** By default the name of the step. */
  readonly title?: string;
  readonly comment?: string;
  readonly link?: string;
  /** Minutes until the question counts as rejected; by default 7 days. */
  readonly timeout?: number;
  /**
   * Passes by itself, unless the deployment's change sets hold one of these; then a person decides. `changes` is any
   * change at all, the others are findings. Only for steps between prepare and execute.
   */
  readonly passUnless?: readonly ('changes' | ChangeFinding['concern'])[];
  /** By default one, whoever it is. */
  readonly approvers?: { readonly count: number; readonly of?: readonly string[] };
}

/** What a renderer for `local` declares. */
export type LocalAction = LocalTask | LocalQuestion;
