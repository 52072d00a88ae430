/** Runs the built `cdkpipe` command as a child process, as a shell would. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
/** Inside this package, so that definitions find `@cdkpipe/core` and `aws-cdk-lib`. */
const scratch = fileURLToPath(new URL('../../node_modules/.cache/e2e/', import.meta.url));

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

export interface Outcome {
  readonly exitCode: number | null;
  /** The signal that ended the process, where one did. */
  readonly signal?: NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The command's file; that of this repository by default. */
  readonly bin?: string;
  /** Called at once, with a way to send a signal. */
  onSpawn?(kill: (signal: NodeJS.Signals) => void): void;
  /** Called with all of stderr so far, and with a way to send a signal. */
  onStderr?(text: string, kill: (signal: NodeJS.Signals) => void): void;
}

export function runCdkpipe(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  // Under NODE_ENV=test, which vitest sets and users do not, the CDK leaves the functions of Node.js alone.
  const { NO_COLOR, FORCE_COLOR, NODE_ENV, ...inherited } = process.env;
  const spawnOptions: SpawnOptions = {
    cwd: options.cwd ?? process.cwd(),
    env: { ...inherited, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [options.bin ?? bin, ...args], spawnOptions);
    options.onSpawn?.((signal) => child.kill(signal));
    const output = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
      options.onStderr?.(output.stderr, (signal) => child.kill(signal));
    });
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve({ exitCode, ...(signal ? { signal } : {}), ...output }));
  });
}

/** A new directory with the files given; removed when the test file is done. */
export function makeDirectory(files: Readonly<Record<string, string>> = {}): string {
  mkdirSync(scratch, { recursive: true });
  const directory = mkdtempSync(join(scratch, 'case-'));
  made.push(directory);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** A definition of one stack in one deployment; `before` is code that runs first, `override` replaces keys. */
export function definition({ before = '', override = '' } = {}): string {
  return `
import { build, defineConfig, deploy, source, wave } from '@cdkpipe/core';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
${before}
export default defineConfig({
  name: 'shop',
  env: { account: '111111111111', region: 'eu-west-1' },
  source: source.codeCommit('shop'),
  build: build({ commands: ['npx cdkpipe synth'] }),
  waves: [
    wave('Beta', [
      deploy('Beta', {
        env: { account: '222222222222', region: 'eu-west-1' },
        stacks: (stage) => {
          const stack = new Stack(stage, 'Shop');
          new CfnOutput(stack, 'Orders', { value: new Topic(stack, 'Topic').topicArn });
        },
      }),
    ]),
  ],
  ${override}
});
`;
}
