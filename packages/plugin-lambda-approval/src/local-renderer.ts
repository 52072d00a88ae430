/** Runs `lambda` on this machine: the author's file, bundled as for AWS, in a process with Lambda's limits. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalAction, LocalContext, TaskResult, TaskTools } from '@cdkpipe/backend-local';
import { defineRenderer, type StepOf, unreachable } from '@cdkpipe/core';
import { bundleForThisMachine } from './bundle-check.ts';
import type { LambdaOptions } from './options.ts';
import { fillPayload } from './payload.ts';
import type { Verdict } from './runtime/verdict.ts';

/** Minutes. */
const defaultTimeout = 5;

/** MiB of heap; what a function on codepipeline has as memory. */
const memory = 512;

/** Milliseconds between two calls of a check that has not decided yet. */
const pause = 10_000;

/** Milliseconds that CodePipeline goes on calling a check. */
const patience = 24 * 60 * 60_000;

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
      return decide({ directory, payload: filled, timeout }, tools);
    },
  };
}

interface Check {
  readonly directory: string;
  readonly payload: string;
  /** Minutes that a call may take. */
  readonly timeout: number;
}

/** Calls the check until it has decided, as CodePipeline does. */
async function decide(check: Check, tools: TaskTools): Promise<TaskResult> {
  const last = tools.now().getTime() + patience;
  for (let token: string | undefined; ; ) {
    const verdict = await invoke(check, token, tools);
    if (verdict.approved !== 'later') return verdict;
    if (tools.now().getTime() + pause > last)
      return { approved: false, reason: 'the check has not decided in 24 hours' };
    tools.log(`not decided yet${verdict.summary === undefined ? '' : `: ${verdict.summary}`}`);
    token = verdict.token;
    await tools.sleep(pause);
  }
}

/** @param token of the call before */
async function invoke(
  { directory, payload, timeout }: Check,
  token: string | undefined,
  tools: TaskTools,
): Promise<Verdict> {
  const verdictFile = join(directory, 'verdict.json');
  // A call that leaves no verdict must not be taken for the one before.
  await rm(verdictFile, { force: true });
  const end = await tools.run({
    file: process.execPath,
    args: [`--max-old-space-size=${memory}`, '--enable-source-maps', join(directory, 'index.mjs')],
    cwd: directory,
    env: {
      CDKPIPE_PAYLOAD: payload,
      CDKPIPE_VERDICT: verdictFile,
      CDKPIPE_DEADLINE: String(Date.now() + timeout * 60_000),
      ...(token === undefined ? {} : { CDKPIPE_STATE: token }),
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

async function readVerdict(file: string): Promise<Verdict | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Verdict;
  } catch {
    return undefined;
  }
}
