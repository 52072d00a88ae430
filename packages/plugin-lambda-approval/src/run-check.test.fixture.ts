/** Runs a bundled check the way Lambda does: in a process of its own, with an SDK that writes reports down. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { bundleCheck } from './bundle-check.ts';

/** A directory with files, gone when it is disposed. */
export function makeProject(files: Readonly<Record<string, string>>) {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-lambda-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return { directory, [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }) };
}

const sdk = `
class Command { constructor(input) { this.input = input; } }
export class PutJobSuccessResultCommand extends Command {}
export class PutJobFailureResultCommand extends Command {}
export class CodePipelineClient {
  async send(command) {
    if (process.env.SDK_FAILS) throw new Error('no network');
    process.stdout.write(JSON.stringify({ [command.constructor.name]: command.input }) + '\\n');
  }
}`;

// As Lambda's runtime does, ends the process on faults that reach it.
const driver = `
process.on('unhandledRejection', () => process.exit(128));
process.on('uncaughtException', () => process.exit(129));
const { handler } = await import('./index.mjs');
const { remaining, jobs } = JSON.parse(process.env.DRIVER);
const listenersBefore = process.listenerCount('unhandledRejection');
for (const { id, UserParameters, continuationToken } of jobs) {
  const event = { 'CodePipeline.job': { id, data: { actionConfiguration: { configuration: { UserParameters } }, continuationToken } } };
  const end = Date.now() + remaining;
  await handler(event, { getRemainingTimeInMillis: () => end - Date.now() });
}
await new Promise((resolve) => setTimeout(resolve, 50));
if (process.listenerCount('unhandledRejection') !== listenersBefore) process.exit(130);
process.exit(0);`;

export interface CheckRun {
  /** JSON of the payload with places for outputs. */
  readonly template?: string;
  /** Milliseconds until Lambda would end the function. */
  readonly remaining?: number;
  /** One after the other, in the same process. */
  readonly jobs?: readonly {
    readonly id: string;
    readonly UserParameters?: string | undefined;
    readonly continuationToken?: string;
  }[];
  /** Further files of the project. */
  readonly files?: Readonly<Record<string, string>>;
  readonly sdkFails?: boolean;
}

/** Bundles `source` and runs it; returns what was reported and how the process ended. */
export async function runCheck(source: string, run: CheckRun = {}) {
  const { template = '{}', remaining = 60_000, jobs = [{ id: 'job-1' }], files = {}, sdkFails = false } = run;
  using project = makeProject({
    ...files,
    'check.ts': source,
    'driver.mjs': driver,
    'node_modules/@aws-sdk/client-codepipeline/package.json': '{"type":"module","exports":"./index.js"}',
    'node_modules/@aws-sdk/client-codepipeline/index.js': sdk,
  });
  writeFileSync(join(project.directory, 'index.mjs'), await bundleCheck('./check.ts', project.directory, 'handler'));
  const child = spawn(process.execPath, ['driver.mjs'], {
    cwd: project.directory,
    env: {
      CDKPIPE_PAYLOAD: template,
      DRIVER: JSON.stringify({ remaining, jobs }),
      ...(sdkFails ? { SDK_FAILS: '1' } : {}),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [output, code] = await Promise.all([text(child.stdout), new Promise((resolve) => child.on('close', resolve))]);
  const reports: unknown[] = output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { reports, code };
}

export const success = (summary?: string) => (jobId: string) => ({
  PutJobSuccessResultCommand: { jobId, ...(summary === undefined ? {} : { executionDetails: { summary } }) },
});

export const failure = (message: string) => (jobId: string) => ({
  PutJobFailureResultCommand: { jobId, failureDetails: { type: 'JobFailed', message } },
});

export const callAgain = (continuationToken: string, summary?: string) => (jobId: string) => ({
  PutJobSuccessResultCommand: {
    jobId,
    continuationToken,
    ...(summary === undefined ? {} : { executionDetails: { summary } }),
  },
});
