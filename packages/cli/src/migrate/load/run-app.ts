/** Synthesises the old app as the `cdk` command does, and records its pipelines meanwhile. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { refused } from '@cdkpipe/core';
import { usualEnvironment } from '../../surroundings/aws-profiles.ts';
import type { OldApp } from '../old-app/old-app.ts';
import { appFailed, appNotSynthesised, recordUnreadable } from './problems.ts';

export interface AppRun {
  readonly command: string;
  /** Directory of the app, in which the command runs. */
  readonly directory: string;
  /** Empty; gets the cloud assembly and the record. */
  readonly scratch: string;
  /** CDK context of the app. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

export interface LoadedApp {
  /** Directory of the cloud assembly. */
  readonly assembly: string;
  /** What the processes of the app constructed; those of npx and its kind construct nothing. */
  readonly apps: readonly OldApp[];
}

/** @throws CdkpipeError (`source: 'user'`) with the app's own words if it fails */
export async function runApp({ command, directory, scratch, context, signal }: AppRun): Promise<LoadedApp> {
  const assembly = join(scratch, 'cdk.out');
  const records = join(scratch, 'records');
  mkdirSync(records);
  const env = {
    ...process.env,
    ...defaultsEnv(),
    ...contextEnv(context, scratch),
    ...recorderEnv(records, directory),
    CDK_OUTDIR: assembly,
  };
  const { end, output } = await runShell(command, { directory, env, ...(signal && { signal }) });
  signal?.throwIfAborted();
  if (end !== 0)
    throw refused([
      appFailed(command, typeof end === 'number' ? `exited with ${end}` : `was ended by ${end}`, shorten(output)),
    ]);
  if (!existsSync(join(assembly, 'manifest.json'))) throw refused([appNotSynthesised(command)]);
  return { assembly, apps: readRecords(records) };
}

/** The `cdk` command asks AWS for them; here they are what is known without it. */
function defaultsEnv(): NodeJS.ProcessEnv {
  const { account, region } = usualEnvironment();
  return { ...(account && { CDK_DEFAULT_ACCOUNT: account }), ...(region && { CDK_DEFAULT_REGION: region }) };
}

/** Linux takes 128 KiB in one variable; the CDK reads what is larger from a file, as its CLI has it. */
function contextEnv(context: Readonly<Record<string, unknown>>, scratch: string): NodeJS.ProcessEnv {
  const text = JSON.stringify(context);
  if (text.length < 100_000) return { CDK_CONTEXT_JSON: text };
  const file = join(scratch, 'context.json');
  writeFileSync(file, text);
  return { CDK_CONTEXT_JSON: '{}', CONTEXT_OVERFLOW_LOCATION_ENV: file };
}

function recorderEnv(records: string, directory: string): NodeJS.ProcessEnv {
  const require = createRequire(import.meta.url);
  const recorder = join(dirname(require.resolve('@cdkpipe/cli/package.json')), 'dist/record-app.cjs');
  // A path in NODE_OPTIONS may be quoted; backslashes and quotes in it are then escaped.
  const option = `--require ${JSON.stringify(recorder)}`;
  return {
    NODE_OPTIONS: [option, process.env.NODE_OPTIONS].filter((each) => each !== undefined && each !== '').join(' '),
    CDKPIPE_RECORD_DIR: records,
    CDKPIPE_APP_DIR: realpathSync(directory),
    // It only warns, and takes seconds.
    CDK_VALIDATION: 'false',
    // Warnings about deprecated props would hide why an app failed.
    JSII_DEPRECATED: 'quiet',
  };
}

interface ShellRun {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

const kept = 200_000;
const firstLines = 15;
const lastLines = 15;
const shownWidth = 300;

/** The command is the user's own, for a shell, as `cdk.json` has it. */
function runShell(command: string, { directory, env, signal }: ShellRun) {
  return new Promise<{ readonly end: number | string; readonly output: string }>((resolve, reject) => {
    const child = spawn(command, {
      cwd: directory,
      env,
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-kept);
      });
    child.once('error', (error) => (signal?.aborted ? resolve({ end: 'SIGTERM', output }) : reject(error)));
    child.once('close', (code, name) => resolve({ end: code ?? name ?? 'a signal', output }));
  });
}

/**
 * The beginning of what it printed, which often says why, and the end; without the frames of Node.js and of packages. A stack trace in
 * aws-cdk-lib quotes lines of 10,000 characters.
 */
function shorten(output: string): string {
  const lines = output
    .trimEnd()
    .split('\n')
    .filter((line) => !/^\s+at .*(?:\(|\s)(?:node:|\S*\/node_modules\/)/.test(line))
    .map((line) => (line.length > shownWidth ? `${line.slice(0, shownWidth)} …` : line));
  const left = lines.length - firstLines - lastLines;
  if (left <= 1) return lines.join('\n');
  return [...lines.slice(0, firstLines), `… ${left} more lines …`, ...lines.slice(-lastLines)].join('\n');
}

function readRecords(directory: string): OldApp[] {
  return readdirSync(directory).flatMap((file) => {
    const record: { app?: OldApp; fault?: string } = JSON.parse(readFileSync(join(directory, file), 'utf8'));
    if (record.fault !== undefined) throw refused([recordUnreadable(record.fault)]);
    return record.app ?? [];
  });
}
