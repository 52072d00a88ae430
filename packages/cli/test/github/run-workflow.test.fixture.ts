/** Runs a workflow as GitHub would: jobs by what they need, environments, expressions, and every `run` in a real bash. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { type Contexts, fillIn, isTrue } from './evaluate.test.fixture.ts';
import type { GitHubServer } from './github-server.test.fixture.ts';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Job {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly environment?: { readonly name: string };
  readonly permissions: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export type Result = 'success' | 'failure' | 'skipped';

export interface WorkflowRun {
  /** By ID of the job. */
  readonly results: Readonly<Record<string, Result>>;
  /** What the steps printed, by ID of the job. */
  readonly logs: Readonly<Record<string, string>>;
  readonly summaries: Readonly<Record<string, string>>;
}

export interface RunSettings {
  /** A clone of the repository. */
  readonly repository: string;
  /** Path of the workflow. */
  readonly workflow: string;
  readonly server: GitHubServer;
  /** For every process. */
  readonly env: Readonly<Record<string, string>>;
  readonly ref?: string;
  /** What the reviewers of a protected environment say. Default: they approve. */
  decide?(environment: string): 'approved' | 'rejected';
  /** Called before a job begins, for example to change what GitHub or AWS has. */
  before?(job: string, workspace: string, artifacts: string): void;
  /** Called before each step. */
  beforeStep?(job: string, step: string, workspace: string): void;
  /** What an earlier attempt has left: its successful jobs are not run again. */
  readonly earlier?: FinishedRun;
}

export interface FinishedRun extends WorkflowRun {
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Directory with the artifacts. */
  readonly artifacts: string;
}

export async function runWorkflow(settings: RunSettings): Promise<FinishedRun> {
  const { jobs } = parse(readFileSync(join(settings.repository, settings.workflow), 'utf8')) as {
    jobs: Readonly<Record<string, Job>>;
  };
  const artifacts = settings.earlier?.artifacts ?? mkdtempSync(join(tmpdir(), 'cdkpipe-artifacts-'));
  const done: {
    results: Record<string, Result>;
    logs: Record<string, string>;
    summaries: Record<string, string>;
    outputs: Record<string, Record<string, string>>;
  } = { results: {}, logs: {}, summaries: {}, outputs: {} };
  for (const [id, job] of Object.entries(jobs)) {
    if (settings.earlier?.results[id] === 'success') {
      done.results[id] = 'success';
      done.outputs[id] = { ...settings.earlier.outputs[id] };
      continue;
    }
    const needs = job.needs ?? [];
    const contexts: Contexts = {
      github: {
        ref: settings.ref ?? 'refs/heads/main',
        event_name: 'push',
        token: 'run-token',
        sha: 'abc',
        ref_name: 'main',
        repository: 'acme/shop',
      },
      needs: Object.fromEntries(needs.map((need) => [need, { outputs: done.outputs[need] ?? {} }])),
      inputs: {},
      secrets: {},
    };
    const mayRun =
      needs.every((need) => done.results[need] === 'success') && (job.if === undefined || isTrue(job.if, contexts));
    if (!mayRun) {
      done.results[id] = 'skipped';
      continue;
    }
    const ran = isAllowedIn(settings, job) ? await runJob(settings, id, job, contexts, artifacts) : rejected;
    done.results[id] = ran.result;
    done.logs[id] = ran.log;
    done.summaries[id] = ran.summary;
    done.outputs[id] = ran.outputs;
    settings.server.jobs.push({ name: job.name, completed_at: new Date().toISOString() });
  }
  return { ...done, artifacts };
}

interface RanJob {
  readonly result: Result;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Record<string, string>;
}

const rejected: RanJob = { result: 'failure', log: 'rejected', summary: '', outputs: {} };

/** A job waits for the reviewers of its environment, where that has any. */
function isAllowedIn({ server, decide }: RunSettings, { environment }: Job): boolean {
  if (environment === undefined) return true;
  const found = server.reach(environment.name);
  if (!found.protection_rules.some(({ type }) => type === 'required_reviewers')) return true;
  const state = decide?.(environment.name) ?? 'approved';
  server.approvals.push({ state, environments: [{ id: found.id, name: found.name }], user: { login: 'ada' } });
  return state === 'approved';
}

async function runJob(
  settings: RunSettings,
  id: string,
  job: Job,
  contexts: Contexts,
  artifacts: string,
): Promise<RanJob> {
  const root = mkdtempSync(join(tmpdir(), 'cdkpipe-job-'));
  const workspace = join(root, 'work');
  const temp = join(root, 'temp');
  for (const directory of [workspace, temp]) mkdirSync(directory);
  const output = join(root, 'output');
  const summary = join(root, 'summary');
  for (const file of [output, summary]) writeFileSync(file, '');
  settings.before?.(id, workspace, artifacts);
  const base = {
    ...settings.env,
    PATH: process.env.PATH ?? '',
    HOME: root,
    RUNNER_TEMP: temp,
    GITHUB_JOB: id,
    GITHUB_RUN_ID: '77',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_API_URL: settings.server.base,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    ...(job.permissions['id-token'] === 'write'
      ? settings.server.tokenEnv(job.environment?.name, settings.ref ?? 'refs/heads/main')
      : {}),
  };
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  let log = '';
  let result: Result = 'success';
  for (const step of job.steps) {
    const all = { ...contexts, steps };
    settings.beforeStep?.(id, step.name ?? '', workspace);
    const before = readFileSync(output, 'utf8').length;
    const ran =
      step.uses === undefined
        ? await runStep(step, workspace, base, all)
        : useAction(settings, step, workspace, artifacts, all);
    log += ran.log;
    if (step.id !== undefined) steps[step.id] = { outputs: readOutputs(readFileSync(output, 'utf8').slice(before)) };
    if (ran.code !== 0) {
      result = 'failure';
      break;
    }
  }
  const outputs = Object.fromEntries(
    Object.entries(job.outputs ?? {}).map(([name, value]) => [name, fillIn(value, { ...contexts, steps })]),
  );
  const text = readFileSync(summary, 'utf8');
  rmSync(root, { recursive: true, force: true });
  return { result, log, summary: text, outputs: result === 'success' ? outputs : {} };
}

interface RanStep {
  readonly code: number;
  readonly log: string;
}

function runStep(
  step: Step,
  workspace: string,
  base: Readonly<Record<string, string>>,
  contexts: Contexts,
): Promise<RanStep> {
  const env = Object.fromEntries(
    Object.entries(step.env ?? {}).map(([name, value]) => [name, fillIn(value, contexts)]),
  );
  const file = join(dirname(workspace), 'script.sh');
  writeFileSync(file, step.run ?? '');
  const cwd = join(workspace, step['working-directory'] ?? '.');
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', file], { cwd, env: { ...base, ...env } });
    let log = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, log }));
  });
}

/** The three actions that a workflow uses. */
function useAction(
  { repository }: RunSettings,
  { uses = '', with: given = {} }: Step,
  workspace: string,
  artifacts: string,
  contexts: Contexts,
): RanStep {
  const input = (name: string) => fillIn(String(given[name] ?? ''), contexts);
  const place = join(workspace, input('path') || '.');
  const stored = join(artifacts, input('name'));
  if (uses.startsWith('actions/checkout@')) {
    mkdirSync(place, { recursive: true });
    cpSync(repository, place, { recursive: true, filter: (file) => !file.endsWith('cdk.out') });
    return { code: 0, log: '' };
  }
  if (uses.startsWith('actions/upload-artifact@')) {
    if (!existsSync(place)) return { code: 1, log: `no file ${input('path')}` };
    rmSync(stored, { recursive: true, force: true });
    mkdirSync(stored, { recursive: true });
    cpSync(place, join(stored, input('path').split('/').at(-1) ?? ''));
    return { code: 0, log: '' };
  }
  if (!uses.startsWith('actions/download-artifact@')) return { code: 1, log: `no action ${uses}` };
  if (!existsSync(stored)) return { code: 1, log: `no artifact ${input('name')}` };
  cpSync(stored, place, { recursive: true });
  return { code: 0, log: '' };
}

/** `name=value`, and values between marks. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name, mark] = /^([^=]+)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && mark !== undefined) {
      const value: string[] = [];
      for (let next = lines.shift(); next !== undefined && next !== mark; next = lines.shift()) value.push(next);
      outputs[name] = value.join('\n');
    } else if (line.includes('=')) outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  }
  return outputs;
}
