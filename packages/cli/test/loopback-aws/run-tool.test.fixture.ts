/** Runs a real tool against the loopback, as a child process that can reach nothing else. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const required = ['only-loopback', 'fast-clock'].map((name) =>
  fileURLToPath(new URL(`${name}.test.fixture.cjs`, import.meta.url)),
);
const monorepo = fileURLToPath(new URL('../../../../', import.meta.url));

export interface ToolOutcome {
  readonly exitCode: number | null;
  /** Both streams, as they came. */
  readonly output: string;
}

export interface ToolRun {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Directory with programs that stand before those of this machine. */
  readonly programs?: string;
}

export interface ToolHost {
  run(command: string, args: readonly string[], run: ToolRun): Promise<ToolOutcome>;
  /** Where processes tried to connect to, other than loopback. */
  escapes(): string[];
}

/** A home directory of its own, in which the CDK is told not to ask for notices and to report nothing. */
export function makeToolHost(): ToolHost {
  const home = mkdtempSync(join(tmpdir(), 'cdkpipe-tools-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const log = join(home, 'escapes');
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.cdk.json'), JSON.stringify({ notices: false }));
  const bin = join(monorepo, 'node_modules/.bin');
  return {
    run: (command, args, { cwd, env, programs }) =>
      runChild(command, args, {
        cwd,
        env: {
          PATH: [...(programs === undefined ? [] : [programs]), bin, process.env.PATH].join(delimiter),
          HOME: home,
          NO_COLOR: '1',
          CDK_DISABLE_CLI_TELEMETRY: 'true',
          NODE_OPTIONS: required.map((file) => `--require ${file}`).join(' '),
          TEST_ESCAPES: log,
          ...env,
        },
      }),
    escapes: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []),
  };
}

function runChild(command: string, args: readonly string[], options: SpawnOptions): Promise<ToolOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
