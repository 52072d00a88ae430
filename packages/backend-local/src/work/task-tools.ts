/** What a task gets to work with, made for one action and cleared away when it ends. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan, PlanNode } from '@cdkpipe/core';
import { prepareBuild } from '../build-spec/prepare-build.ts';
import type { Clock } from '../contract/clock.ts';
import type { ShellOptions, TaskResult, TaskTools } from '../contract/renderer.ts';
import type { RunMode } from '../journal/run-event.ts';
import { cleanEnvironment } from '../process/clean-environment.ts';
import { redact } from '../process/redact.ts';
import { runGroup } from '../process/run-group.ts';
import { type ShellItem, shellRecords } from '../process/shell-script.ts';
import type { ActionLog } from './action-log.ts';
import { askAws } from './ask-aws.ts';
import { readExports } from './exported-variables.ts';
import { findParameter, findSecret } from './local-values.ts';
import { type RunPaths, resolveInside } from './paths.ts';
import { copySealed, type SealedAssembly } from './seal.ts';
import { runCommands } from './shell-task.ts';
import { copyTree } from './source-tree.ts';
import { findOutputs, keepOutput, layOutput } from './step-outputs.ts';

export interface ToolsInput {
  readonly plan: Plan;
  readonly node: PlanNode;
  readonly paths: RunPaths;
  /** The assembly that the run was planned with; absent before. */
  readonly sealed: SealedAssembly | undefined;
  readonly log: ActionLog;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly mode: RunMode;
  /** Environment that secrets are read from. */
  readonly outer: NodeJS.ProcessEnv;
}

export interface OwnTools {
  readonly tools: TaskTools;
  /** Removes the values of secrets from text that is to be kept. */
  redact(text: string): string;
  clear(): Promise<void>;
}

export function makeTools(input: ToolsInput): OwnTools {
  const { paths, log, clock, signal, outer, mode } = input;
  const secrets = new Set<string>();
  const own = join(paths.scratch, randomBytes(6).toString('hex'));
  const reveal = (value: string): string => {
    secrets.add(value);
    for (const leaf of leavesOf(value)) secrets.add(leaf);
    // A value of several lines is printed line by line more often than not.
    for (const line of value.split('\n')) if (line.trim() !== '') secrets.add(line);
    return value;
  };
  const directory = async (name: string): Promise<string> => {
    const path = join(own, name);
    await mkdir(path, { recursive: true, mode: 0o700 });
    return path;
  };
  let made = 0;
  const run: TaskTools['run'] = async ({ file, args, cwd, env, timeoutMs }) =>
    runGroup({
      file,
      args,
      cwd,
      env: cleanEnvironment(outer, await directory('tmp'), { CODEBUILD_SRC_DIR: cwd, ...env }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      secrets,
      signal,
      print: log.print,
    });
  const runItems = async (items: readonly ShellItem[], options: ShellOptions): Promise<TaskResult> => {
    const { cwd, env = {}, timeout, exports = [] } = options;
    const records = await directory(`records-${made++}`);
    const result = await runCommands({
      items,
      exports,
      timeout,
      records,
      run: (file, args, timeoutMs) => run({ file, args, cwd, env, timeoutMs }),
    });
    return readExports(result, exports, join(records, shellRecords.exports), (text) => redact(text, secrets) !== text);
  };
  const tools: TaskTools = {
    log: (text) => log.print(`${redact(text, secrets).replace(/\n$/, '')}\n`),
    scratch: () => directory(`scratch-${made++}`),
    workspace: async (inputs = []) => {
      const target = await directory(`workspace-${made++}`);
      await copyTree(paths.source, target);
      for (const name of inputs) await layInput(name, target, input);
      return target;
    },
    keep: (cwd, from, as) => keepOutput(input, cwd, from, as),
    secret: (name, field) => reveal(findSecret(outer, name, field)),
    parameter: (name) => reveal(findParameter(outer, name)),
    shell: (commands, options) =>
      runItems(
        commands.map((command) => ({ phase: 'build', part: 'commands', onFailure: 'stop', command })),
        options,
      ),
    build: async (work, options) => {
      const { items, env } = prepareBuild(work, options.env ?? {}, input.node, tools);
      return runItems(items, { ...options, env });
    },
    run,
    fetch: (url, init = {}) =>
      fetch(url, { ...init, signal: init.signal ? AbortSignal.any([signal, init.signal]) : signal }),
    aws: (client, command) => askAws(client, command, { mode, signal }),
    now: () => clock.now(),
    sleep: (milliseconds) => clock.sleep(milliseconds, signal),
  };
  return {
    tools,
    redact: (text) => redact(text, secrets),
    clear: () => rm(own, { recursive: true, force: true }),
  };
}

async function layInput(name: string, target: string, place: ToolsInput): Promise<void> {
  const { plan, paths, sealed } = place;
  const { additionalSources, build } = plan.pipeline;
  const outputs = findOutputs(place);
  const output = outputs.get(name);
  if (additionalSources.some(({ directory }) => directory === name)) {
    if (!existsSync(join(paths.additional, name))) throw new Error(`the additional source "${name}" was not fetched`);
    await copyTree(resolveInside(paths.additional, name), join(target, name));
  } else if (name === build.output) {
    await rm(join(target, name), { recursive: true, force: true });
    if (sealed) await copySealed(sealed, join(target, name));
    else await copyTree(paths.assembly, join(target, name));
  } else if (output !== undefined) {
    await layOutput(output, target, name);
  } else {
    const known = [...additionalSources.map(({ directory }) => directory), build.output, ...outputs.keys()];
    throw new Error(
      `there is no input "${name}" here, only ${known.join(', ')}: no step before this one has made it in this run; with --skip-build the steps around the build make nothing`,
    );
  }
}

/** The texts inside a secret that is JSON: a command may print one of them alone. */
function leavesOf(value: string): string[] {
  try {
    const leaves: string[] = [];
    JSON.parse(value, (_key, item: unknown) => {
      if (typeof item === 'string' && item !== '') leaves.push(item);
      return item;
    });
    return leaves;
  } catch {
    return [];
  }
}
