/** How each side is started, what is cleared before a run, and what must lie there after it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { example, root, work } from './paths.mjs';

const cdkpipe = join(root, 'packages/cli/bin/run.js');
const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');

/** Nothing of the caller's settings or credentials, and nothing that would reach for the network. */
const env = {
  PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
  HOME: join(work, 'home'),
  NO_COLOR: '1',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** `cdk synth -q`, as in a project; `cdk.json` says `tsx bin/app.ts`. */
export function cdkSynth(app, { validate = true } = {}) {
  const output = join(app.directory, 'cdk.out');
  return {
    command: {
      file: process.execPath,
      args: [cdk, 'synth', '-q'],
      cwd: app.directory,
      env: validate ? env : { ...env, CDK_VALIDATION: 'false' },
    },
    before: () => rmSync(output, { recursive: true, force: true }),
    after: () => expectTemplates(output, app.stacks + 1),
  };
}

/** `cdkpipe synth`, with a cache directory that is new for every run or kept from run to run. */
export function cdkpipeSynth(app, { validate = true, cache = 'empty', flags = [] } = {}) {
  const output = join(app.directory, 'cdkpipe.out');
  const args = ['synth', '--quiet', '--output', output, ...(validate ? [] : ['--no-validate']), ...flags];
  const contestant = cdkpipeWith(args, app.directory, cache);
  return {
    command: contestant.command,
    before: () => {
      contestant.before();
      rmSync(output, { recursive: true, force: true });
    },
    after: () => expectTemplates(output, app.stacks + 1),
  };
}

/** `cdkpipe plan`, with a cache directory that is kept. */
export function cdkpipePlan(app) {
  return cdkpipeWith(['plan'], app.directory, 'kept');
}

/** A command of an oclif program. */
export function oclifCommand(args, { bin = cdkpipe, cwd = work } = {}) {
  return { command: { file: process.execPath, args: [bin, ...args], cwd, env } };
}

/** `--version` of any oclif command. */
export function version(bin) {
  return oclifCommand(['--version'], { bin });
}

/** What every command here pays before it does anything. */
export function bareNode() {
  return { command: { file: process.execPath, args: ['--eval', '0'], cwd: work, env } };
}

/** The example's own pipeline, written to `output`. */
export function cdkpipeInExample(output) {
  return { file: process.execPath, args: [cdkpipe, 'synth', '--output', output], cwd: example, env };
}

/** The example under CDK Pipelines, with the example's `cdk.json`; `told` where a review says what it can there. */
export function cdkInExample(output, { told = false } = {}) {
  const app = `tsx ${join(import.meta.dirname, 'peer-orders/app.ts')}`;
  const args = [cdk, 'synth', '-q', '--no-notices', '--no-version-reporting', '--app', app, '--output', output];
  return { file: process.execPath, args, cwd: example, env: told ? { ...env, PEER_REVIEW: 'told' } : env };
}

function cdkpipeWith(args, cwd, cache) {
  const caches = join(work, 'caches');
  mkdirSync(caches, { recursive: true });
  const commandEnv = { ...env, CDKPIPE_CACHE_DIR: mkdtempSync(join(caches, `${cache}-`)) };
  return {
    command: { file: process.execPath, args: [cdkpipe, ...args], cwd, env: commandEnv },
    before: () => {
      if (cache === 'empty') commandEnv.CDKPIPE_CACHE_DIR = mkdtempSync(join(caches, 'empty-'));
    },
  };
}

/** A run that wrote less than it should was no run. */
function expectTemplates(directory, least) {
  const files = readdirSync(directory, { recursive: true }).filter((file) => file.endsWith('.template.json'));
  if (files.length < least) throw new Error(`${directory} holds ${files.length} templates, not ${least}`);
}
