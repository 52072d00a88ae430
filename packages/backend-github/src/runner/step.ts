/** Carries out a step of the author's: commands or a function, with credentials where it has a role. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkRecord } from '../jobs-file/jobs-file.ts';
import { runCommands } from '../spell/scripts.ts';
import { Refusal } from './refusal.ts';
import { required, type Surroundings } from './surroundings.ts';
import { mintToken } from './tokens.ts';

export interface StepInput {
  readonly surroundings: Surroundings;
  readonly session: string;
  /** Directory of the cloud assembly, absolute. */
  readonly assembly: string;
}

type CommandsWork = Extract<WorkRecord, { type: 'commands' }>;
type FunctionWork = Extract<WorkRecord, { type: 'function' }>;

/** @throws Refusal where a command has failed, or has ended the shell before all of them had run */
export async function runCommandsWork(input: StepInput, work: CommandsWork): Promise<void> {
  const numbered = Object.fromEntries(work.commands.map((command, index) => [`CDKPIPE_COMMAND_${index + 1}`, command]));
  const exports = Object.entries(work.exports).map(([output, variable]) => `${output}=${variable}`);
  const verdict = join(required(input.surroundings, 'RUNNER_TEMP'), 'cdkpipe', 'verdict');
  rmSync(verdict, { force: true });
  await withCredentials(input, work, async (credentials) => {
    const env = {
      ...ownEnv(input),
      ...credentials,
      ...numbered,
      CDKPIPE_COMMANDS: String(work.commands.length),
      CDKPIPE_EXPORTS: exports.join(' '),
    };
    const args = ['--noprofile', '--norc', '-c', runCommands];
    await ended('bash', args, { env, stdio: ['ignore', 'inherit', 'inherit'] }, work.timeout);
  });
  if (readText(verdict) !== '0')
    throw new Refusal([
      'a command failed, or ended the shell before all commands had run (exit, exec, break, continue)',
    ]);
}

/** What a function left behind. */
interface Verdict {
  readonly approved: boolean | 'later';
  readonly reason?: string;
  readonly summary?: string;
  readonly token?: string;
}

/** Milliseconds between two calls of a function that has not decided yet. */
const pause = 10_000;

/** Calls the function until it has decided, or the job ends. @throws Refusal where it did not approve */
export async function runFunctionWork(input: StepInput, work: FunctionWork): Promise<string | undefined> {
  const { surroundings } = input;
  const directory = join(required(surroundings, 'RUNNER_TEMP'), 'cdkpipe', 'function');
  mkdirSync(directory, { recursive: true });
  const payload = JSON.stringify(fillIn(work.payload, surroundings));
  for (let token: string | undefined; ; ) {
    const verdict = await invoke(input, work, { directory, payload, token });
    if (verdict.approved === true) return verdict.summary;
    if (verdict.approved === false)
      throw new Refusal([`the function did not approve: ${verdict.reason ?? 'it gave no reason'}`]);
    surroundings.log(`not decided yet${verdict.summary === undefined ? '' : `: ${verdict.summary}`}`);
    token = verdict.token;
    await surroundings.sleep(pause);
  }
}

interface Call {
  readonly directory: string;
  readonly payload: string;
  readonly token: string | undefined;
}

async function invoke(input: StepInput, work: FunctionWork, { directory, payload, token }: Call): Promise<Verdict> {
  const file = join(directory, 'verdict.json');
  // A call that leaves no verdict must not be taken for the one before.
  rmSync(file, { force: true });
  const code = await withCredentials(input, work, (credentials) => {
    const env = {
      ...ownEnv(input),
      ...credentials,
      CDKPIPE_PAYLOAD: payload,
      CDKPIPE_VERDICT: file,
      CDKPIPE_DEADLINE: String(input.surroundings.now() + work.timeout * 60_000),
      ...(token === undefined ? {} : { CDKPIPE_STATE: token }),
    };
    const options: SpawnOptions = { cwd: directory, env, stdio: ['ignore', 'inherit', 'inherit'] };
    return ended(process.execPath, [join(input.assembly, work.file)], options, work.timeout);
  });
  const text = readText(file);
  if (text === undefined) return { approved: false, reason: `it ended with ${code} before it had decided` };
  return JSON.parse(text) as Verdict;
}

/** The values of references stand in variables, in document order, each reference once. */
function fillIn(payload: unknown, { env }: Surroundings): unknown {
  const known = new Map<string, string>();
  const fill = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(fill);
    if (!('$ref' in value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)]));
    const key = JSON.stringify(value);
    const found = known.get(key) ?? env[`CDKPIPE_VALUE_${known.size + 1}`];
    if (found === undefined) throw new Refusal([`the job was given no value for ${key}`]);
    known.set(key, found);
    return found;
  };
  return fill(payload);
}

/** Without what could ask for further tokens. */
function ownEnv({ surroundings: { env } }: StepInput): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('ACTIONS_ID_TOKEN_REQUEST_') && name !== 'GITHUB_TOKEN'),
  );
}

/** Milliseconds; a token of GitHub ends after some minutes, and the SDK reads the file whenever it renews its credentials. */
const renewal = 120_000;

/** Keeps a token in a file, from which every SDK of AWS takes the role by itself. */
async function withCredentials<T>(
  { surroundings, session }: StepInput,
  { role, region }: Pick<CommandsWork, 'role' | 'region'>,
  work: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  if (role === undefined) return work({});
  return withTokenFile(surroundings, (file) =>
    work({
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ROLE_ARN: role,
      AWS_ROLE_SESSION_NAME: session,
      AWS_WEB_IDENTITY_TOKEN_FILE: file,
    }),
  );
}

export async function withTokenFile<T>(surroundings: Surroundings, work: (file: string) => Promise<T>): Promise<T> {
  const directory = join(required(surroundings, 'RUNNER_TEMP'), 'cdkpipe');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'token');
  const renew = async () => writeFileSync(file, await mintToken(surroundings), { mode: 0o600 });
  await renew();
  const timer = setInterval(() => {
    renew().catch((error: unknown) => surroundings.log(`the token was not renewed: ${String(error)}`));
  }, renewal);
  try {
    return await work(file);
  } finally {
    clearInterval(timer);
    rmSync(file, { force: true });
  }
}

/** @returns how it ended, for messages */
function ended(file: string, args: readonly string[], options: SpawnOptions, minutes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, timeout: minutes * 60_000 });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code === null ? `the signal ${signal}` : `exit code ${code}`));
  });
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
