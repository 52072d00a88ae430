/** Two plugins that were written from the docs alone: published, installed, used, checked and uninstalled. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  buildStrangersPlugin,
  publishInstalled,
  publishOurs,
  type StrangersPlugin,
} from './published-packages.test.fixture.ts';
import { type Registry, startRegistry } from './registry.test.fixture.ts';
import { makeDirectory, type Outcome, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const binaries = fileURLToPath(new URL('../../../../node_modules/.bin', import.meta.url));
let registry: Registry;
let changeTicket: StrangersPlugin;
let freeze: StrangersPlugin;

beforeAll(async () => {
  changeTicket = buildStrangersPlugin('cdkpipe-plugin-change-ticket', join(makeDirectory(), 'plugin'));
  freeze = buildStrangersPlugin('cdkpipe-plugin-freeze', join(makeDirectory(), 'plugin'));
  registry = await startRegistry();
  await publishOurs(registry);
  for (const name of ['valibot', '@valibot/to-json-schema', 'zod']) await publishInstalled(registry, name);
  await Promise.all([changeTicket.publish(registry), freeze.publish(registry)]);
});
afterAll(() => registry.close());

const read = (cwd: string, file: string) => readFileSync(join(cwd, file), 'utf8');

function start(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.once('error', reject).once('close', (exitCode) => resolve({ exitCode, ...output }));
  });
}

/** What `cdkpipe init` makes, without the packages of others: those are found above. */
async function initProject(): Promise<string> {
  const cwd = makeDirectory({
    'bin/curl': '#!/bin/sh\necho "asked for $*"\n',
  });
  chmodSync(join(cwd, 'bin/curl'), 0o755);
  const made = await runCdkpipe(['init', 'shop', '--yes'], { cwd });
  expect(made.exitCode, made.stderr).toBe(0);
  const project = join(cwd, 'shop');
  const { dependencies, devDependencies, ...description } = JSON.parse(read(project, 'package.json'));
  const ours = Object.entries(devDependencies).filter(([name]) => name.startsWith('@cdkpipe/'));
  const content = { ...description, devDependencies: Object.fromEntries(ours) };
  writeFileSync(join(project, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
  const settings = ['legacy-peer-deps=true', 'auto-install-peers=false', 'strict-peer-dependencies=false'];
  writeFileSync(join(project, '.npmrc'), `${[`registry=${registry.url}`, ...settings].join('\n')}\n`);
  return project;
}

/** What a user writes after `plugins:install`, as the READMEs of the plugins say. */
function useSteps(config: string): string {
  return config
    .replace(/import (\w+) from '@harbour\/cdkpipe-plugin-change-ticket'/, (line, name) =>
      line.replace(name, `${name}, { changeTicket }`),
    )
    .replace(/import (\w+) from '@harbour\/cdkpipe-plugin-freeze'/, (line, name) =>
      line.replace(name, `${name}, { freezeCheck }`),
    )
    .replace("changes: [manual('ReviewChanges')]", "changes: [manual('ReviewChanges'), ticket]")
    .replace('approvals: [smoke]', 'approvals: [smoke, open]')
    .replace('export default defineConfig({', `${steps}export default defineConfig({`);
}

const steps = `const ticket = changeTicket('Ticket', {
  ticket: 'CHG-77',
  system: 'https://tickets.example.com',
  tokenSecret: 'ops/tickets',
});
const open = freezeCheck('Open', { parameter: '/release/state', version: output('Hello', 'Url') });

`;

interface Action {
  readonly Name: string;
  readonly RunOrder: number;
  readonly ActionTypeId: { readonly Category: string; readonly Provider: string };
  readonly Configuration: Readonly<Record<string, unknown>>;
}

interface Stage {
  readonly Name: string;
  readonly Actions: readonly Action[];
}

/** The stages of the pipeline in the emitted template, and the environment variables of all its builds. */
function readTemplate(project: string, stack: string) {
  const { Resources } = JSON.parse(read(project, `cdk.out/${stack}.template.json`));
  const ofType = (type: string) =>
    Object.values<Resource>(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));
  return {
    stages: ofType('AWS::CodePipeline::Pipeline').flatMap(({ Stages = [] }) => Stages),
    variables: ofType('AWS::CodeBuild::Project').flatMap(({ Environment }) => Environment?.EnvironmentVariables ?? []),
  };
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly Stages?: readonly Stage[];
    readonly Environment?: { readonly EnvironmentVariables?: readonly unknown[] };
  };
}

const actionsOf = (stages: readonly Stage[], stage: string) => stages.find(({ Name }) => Name === stage)?.Actions ?? [];

/** Actions with such names and who provides them, one after the other; none of them may share its place. */
function orderIn(stages: readonly Stage[], stage: string, names: RegExp): [name: string, provider: string][] {
  const found = actionsOf(stages, stage).filter(({ Name }) => names.test(Name));
  const sorted = found.toSorted((one, other) => one.RunOrder - other.RunOrder);
  expect(new Set(sorted.map(({ RunOrder }) => RunOrder)).size).toBe(sorted.length);
  return sorted.map(({ Name, ActionTypeId }) => [Name, ActionTypeId.Provider]);
}

test.concurrent.each([
  ['npm', 'package-lock.json'],
  ['pnpm', 'pnpm-lock.yaml'],
])(
  'plugins of strangers join a new project with %s, gate it where it runs, and leave no trace',
  async (manager, lockFile) => {
    const project = await initProject();
    const path = `${binaries}${delimiter}${process.env.PATH}`;
    const added = await start(manager, ['install', '--ignore-scripts'], project, { PATH: path });
    expect(added.exitCode, added.stdout + added.stderr).toBe(0);
    const bin = join(project, 'node_modules/@cdkpipe/cli/bin/run.js');
    const cdkpipe = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      runCdkpipe(args, { cwd: project, bin, env: { PATH: path, ...env } });
    const kept = ['package.json', lockFile, 'cdkpipe.config.ts'];
    const before = kept.map((file) => read(project, file));

    for (const { name } of [changeTicket, freeze]) {
      const installed = await cdkpipe(['plugins:install', name, '--yes']);
      expect(installed.exitCode, installed.stderr).toBe(0);
    }
    const listed = read(project, 'cdkpipe.config.ts');
    writeFileSync(join(project, 'cdkpipe.config.ts'), useSteps(listed));
    const typed = await start(join(binaries, 'tsc'), ['--noEmit'], project);
    expect(typed).toMatchObject({ exitCode: 0, stdout: '' });

    const synth = await cdkpipe(['synth', '--frozen', '--json', '--no-validate']);
    expect(synth.exitCode, synth.stdout).toBe(0);
    const { gates, pipelineStack } = JSON.parse(synth.stdout);
    expect(gates).toEqual(expect.arrayContaining(['Beta/Open', 'Prod/ReviewChanges', 'Prod/Ticket']));
    const { stages, variables } = readTemplate(project, pipelineStack);
    expect(orderIn(stages, 'Beta', /Execute|Smoke|Open/)).toEqual([
      ['Beta.Hello.Execute', 'CloudFormation'],
      ['Beta.Smoke', 'CodeBuild'],
      ['Beta.Open', 'CodeBuild'],
    ]);
    expect(orderIn(stages, 'Prod', /Prepare|ReviewChanges|Ticket|Execute/)).toEqual([
      ['Prod.Hello.Prepare', 'CloudFormation'],
      ['Prod.ReviewChanges', 'Manual'],
      ['Prod.Ticket.Approved', 'CodeBuild'],
      ['Prod.Ticket.Confirm', 'Manual'],
      ['Prod.Hello.Execute', 'CloudFormation'],
    ]);
    const confirm = actionsOf(stages, 'Prod').find(({ Name }) => Name === 'Prod.Ticket.Confirm');
    expect(confirm?.Configuration).toMatchObject({
      CustomData: expect.stringContaining('Is CHG-77 about these changes?'),
      ExternalEntityLink: 'https://tickets.example.com/tickets/CHG-77',
    });
    expect(variables).toEqual(
      expect.arrayContaining([
        { Name: 'TOKEN', Type: 'SECRETS_MANAGER', Value: 'ops/tickets' },
        { Name: 'STATE', Type: 'PARAMETER_STORE', Value: '/release/state' },
      ]),
    );

    const variable = await cdkpipe(['freeze:variable', '/release/state']);
    expect(variable).toEqual({ exitCode: 0, stdout: 'CDKPIPE_PARAMETER_RELEASE_STATE\n', stderr: '' });

    const rehearse = (state: string, ...flags: string[]) =>
      cdkpipe(['run', '--rehearse', '--skip-build', ...flags], {
        PATH: `${join(project, '../bin')}${delimiter}${path}`,
        CDKPIPE_SECRET_OPS_TICKETS: 'token',
        [variable.stdout.trim()]: state,
      });
    const closed = await rehearse('closed', '--approve', '*');
    expect(closed.exitCode, closed.stdout + closed.stderr).toBe(1);
    expect(closed.stdout).toMatch(/✖ Beta\/Open failed: releases are \*\*\*, not open/);
    expect(closed.stdout).not.toMatch(/Prod\/Hello:prepare/);
    const waiting = await rehearse('open', '--approve', 'Prod/ReviewChanges');
    expect(waiting.exitCode, waiting.stdout + waiting.stderr).toBe(5);
    expect(waiting.stdout).toMatch(/✔ Beta\/Open.*✔ Prod\/Ticket\/Approved.*◆ Prod\/Ticket\/Confirm waits/s);
    expect(waiting.stdout).not.toMatch(/Prod\/Hello:execute/);

    writeFileSync(join(project, 'cdkpipe.config.ts'), listed);
    const gone = await cdkpipe(['plugins:uninstall', changeTicket.name, freeze.name]);
    expect(gone.exitCode, gone.stderr).toBe(0);
    expect(kept.map((file) => read(project, file))).toEqual(before);
    expect(existsSync(join(project, 'node_modules/@harbour/cdkpipe-plugin-freeze'))).toBe(false);
    expect(Object.keys(JSON.parse(read(project, 'cdkpipe.lock.json')).plugins)).toEqual([
      '@cdkpipe/plugin-codebuild-approval',
      '@cdkpipe/plugin-manual-approval',
    ]);
  },
);

test.concurrent('what strangers publish passes every check', async () => {
  for (const { name, tarball } of [changeTicket, freeze]) {
    const cwd = makeDirectory();
    writeFileSync(join(cwd, 'plugin.tgz'), tarball);
    const { exitCode, stdout } = await runCdkpipe(['plugins:check', 'plugin.tgz', '--json'], { cwd });
    const { checks } = JSON.parse(stdout) as { checks: { id: string; state: string }[] };
    expect([name, exitCode, checks.filter(({ state }) => state !== 'passed')]).toEqual([name, 0, []]);
    expect(checks.length).toBeGreaterThan(20);
  }
});

test.concurrent('a stranger tries a command where the plugin is made', async () => {
  const [ran, wrong] = await Promise.all([
    runCdkpipe(['freeze:variable', '/release/state'], { cwd: freeze.directory }),
    runCdkpipe(['freeze:variable'], { cwd: freeze.directory }),
  ]);
  expect(ran).toEqual({ exitCode: 0, stdout: 'CDKPIPE_PARAMETER_RELEASE_STATE\n', stderr: '' });
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toMatch(/missing 1 required arg:\n {2}parameter .*\n.*see cdkpipe freeze:variable --help/);
});
