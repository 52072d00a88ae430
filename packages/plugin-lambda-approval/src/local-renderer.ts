/** Runs `lambda` on this machine: the author's file, bundled as for AWS, in a process with Lambda's limits. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalAction, LocalContext, TaskResult, TaskTools } from '@cdkpipe/backend-local';
import { defineRenderer, type StepOf, unreachable } from '@cdkpipe/core';
import { bundleForThisMachine } from './bundle-check.ts';
import type { LambdaOptions } from './options.ts';
import { fillPayload } from './payload.ts';

/** Minutes. */
const defaultTimeout = 5;

/** MiB of heap; what a function on codepipeline has as memory. */
const memory = 512;

export const lambdaOnThisMachine = defineRenderer<LambdaOptions, LocalContext, LocalAction>({
  backend: 'local',
  kind: 'lambda',
  render(step, context) {
    const { handler, functionArn } = step.options;
    if (handler !== undefined) return runHandler(step, handler, context);
    if (functionArn === undefined) return unreachable('a lambda step without handler and functionArn');
    // A function that lives in AWS reports to CodePipeline, which is not here; the gate stays, and a person stands in.
    return { type: 'question', comment: `${functionArn} decides this in AWS; decide in its place.` };
  },
});

function runHandler(step: StepOf<LambdaOptions>, handler: string, context: LocalContext): LocalAction {
  const { payload = {}, timeout = defaultTimeout } = step.options;
  const filled = JSON.stringify(fillPayload(payload, context.value));
  return {
    type: 'task',
    // Lambda would not be asked twice either.
    retry: 'ask',
    run: async (_, tools) => {
      const directory = await tools.scratch();
      const bundle = await bundleForThisMachine(handler, context.projectDirectory, `${step.path}.options.handler`);
      await writeFile(join(directory, 'index.mjs'), bundle);
      return invoke(directory, filled, timeout, tools);
    },
  };
}

async function invoke(directory: string, payload: string, timeout: number, tools: TaskTools): Promise<TaskResult> {
  const verdictFile = join(directory, 'verdict.json');
  const end = await tools.run({
    file: process.execPath,
    args: [`--max-old-space-size=${memory}`, '--enable-source-maps', join(directory, 'index.mjs')],
    cwd: directory,
    env: {
      CDKPIPE_PAYLOAD: payload,
      CDKPIPE_VERDICT: verdictFile,
      CDKPIPE_DEADLINE: String(Date.now() + timeout * 60_000),
    },
    timeoutMs: timeout * 60_000,
  });
  const time = timeout === 1 ? '1 minute' : `${timeout} minutes`;
  if (end.timedOut) return { approved: false, reason: `the check did not finish within ${time}` };
  const verdict = await readVerdict(verdictFile);
  if (verdict) return verdict;
  const how = end.exitCode === null ? `was ended by ${end.signal}` : `ended with exit code ${end.exitCode}`;
  const hint = end.signal === 'SIGABRT' || end.exitCode === 134 ? `; it may have needed more than ${memory} MiB` : '';
  return { approved: false, reason: `the check ${how} before it had decided${hint}` };
}

async function readVerdict(file: string): Promise<TaskResult | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as TaskResult;
  } catch {
    return undefined;
  }
}
