/** The program in the cloud assembly that jobs of GitHub Actions run: `node cdkpipe-runner.mjs VERB`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isCdkpipeError } from '@cdkpipe/core';
import { Refusal } from './refusal.ts';
import { runVerb } from './run-verb.ts';

const abort = new AbortController();
// GitHub interrupts a job that is cancelled, and ends it a few seconds later.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => abort.abort(new Error(`the job was ended by ${signal}`)));

try {
  await runVerb({
    verb: process.argv[2] ?? '',
    assembly: import.meta.dirname,
    signal: abort.signal,
    surroundings: {
      env: process.env,
      fetch: (url, init) => fetch(url, { ...init, signal: abort.signal }),
      log: (text) => console.log(text),
      now: Date.now,
      sleep: async (milliseconds) => {
        await sleep(milliseconds, undefined, { signal: abort.signal });
      },
    },
  });
} catch (error) {
  for (const reason of reasonsOf(error)) console.error(`::error::${escapeData(reason)}`);
  process.exitCode = 1;
}

function reasonsOf(error: unknown): readonly string[] {
  if (error instanceof Refusal) return error.reasons;
  if (isCdkpipeError(error))
    return error.problems.map(({ message, fix }) => (fix === undefined ? message : `${message}; ${fix}`));
  return [error instanceof Error ? error.message : String(error)];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands: a line of data, in which these would end it. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
