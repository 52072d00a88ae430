/** What becomes of a buildspec, in a real bash. */
import type { PartialBuildSpec, PlanNode } from '@cdkpipe/core';
import { describe, expect, test } from 'vitest';
import type { BuildCommands } from '../contract/renderer.ts';
import { findParameter, findSecret } from '../work/local-values.ts';
import { runItems } from '../work/shell-task.test.fixture.ts';
import { prepareBuild } from './prepare-build.ts';
import { readSecretReference } from './spec-variables.ts';

const step = { id: 'build:step/Types', type: 'build', path: 'build.before' } as PlanNode;
const gate = { id: 'Beta/Smoke', type: 'approve', path: 'waves[0]' } as PlanNode;

const outer = {
  CDKPIPE_PARAMETER_ORDERS_TENANT: 'tenant-1',
  CDKPIPE_SECRET_ORDERS_TESTER: '{"password":"hunter2"}',
  CDKPIPE_SECRET_ORDERS_KEY: 'key-1',
};

function prepare(
  work: Partial<BuildCommands>,
  { node = step, env = {} }: { node?: PlanNode; env?: Record<string, string> } = {},
) {
  const log: string[] = [];
  const prepared = prepareBuild({ commands: ['true'], ...work }, env, node, {
    log: (text) => void log.push(text),
    secret: (name, field) => findSecret(outer, name, field),
    parameter: (name) => findParameter(outer, name),
  });
  return { ...prepared, log };
}

/** Each phase says its name and whether the build is succeeding so far; those in `failing` then fail. */
function speaking(failing: readonly string[], onFailure: Readonly<Record<string, string>> = {}): BuildCommands {
  const say = (name: string) => `echo ${name}$CODEBUILD_BUILD_SUCCEEDING${failing.includes(name) ? '; exit 7' : ''}`;
  const rest = (name: string) => [say(name), `echo ${name}-rest`];
  const phase = (name: string) => ({
    finally: rest(`${name}-finally`),
    ...(onFailure[name] === undefined ? {} : { 'on-failure': onFailure[name] }),
  });
  return {
    installCommands: [say('installCommands')],
    commands: rest('build'),
    buildSpec: {
      phases: {
        install: { ...phase('install'), commands: [say('install')] },
        pre_build: { ...phase('pre'), commands: rest('pre') },
        build: phase('build'),
        post_build: { ...phase('post'), commands: rest('post') },
      },
    },
  };
}

const install = ['install1', 'installCommands1', 'install-finally1', 'install-finally-rest'];
const pre = ['pre1', 'pre-rest', 'pre-finally1', 'pre-finally-rest'];
const build = ['build1', 'build-rest', 'build-finally1', 'build-finally-rest'];
const post = ['post1', 'post-rest', 'post-finally1', 'post-finally-rest'];
const failing = (lines: readonly string[]) => lines.map((line) => line.replace(/1$/, '0'));
const ended = (name: string) =>
  [`${name}-finally`, `${name}-finally-rest`].map((line) => line.replace(/finally$/, 'finally0'));

describe('phases', () => {
  test.each<[string, boolean, string[], Record<string, string>, string[]]>([
    ['nothing fails', true, [], {}, [...install, ...pre, ...build, ...post]],
    ['install fails', false, ['install'], {}, ['install1', ...ended('install')]],
    ['installCommands fail', false, ['installCommands'], {}, ['install1', 'installCommands1', ...ended('install')]],
    ['pre_build fails', false, ['pre'], {}, [...install, 'pre1', ...ended('pre')]],
    ['build fails', false, ['build'], {}, [...install, ...pre, 'build1', ...ended('build'), ...failing(post)]],
    [
      'build and post_build fail',
      false,
      ['build', 'post'],
      {},
      [...install, ...pre, 'build1', ...ended('build'), 'post0', ...ended('post')],
    ],
    ['post_build fails', false, ['post'], {}, [...install, ...pre, ...build, 'post1', ...ended('post')]],
    ['finally of install fails', false, ['install-finally'], {}, install.slice(0, 3)],
    [
      'finally of build fails',
      false,
      ['build-finally'],
      {},
      [...install, ...pre, ...build.slice(0, 3), ...failing(post)],
    ],
    ['finally of post_build fails', false, ['post-finally'], {}, [...install, ...pre, ...build, ...post.slice(0, 3)]],
    ['commands and finally fail', false, ['pre', 'pre-finally'], {}, [...install, 'pre1', 'pre-finally0']],
    ['build fails with ABORT', false, ['build'], { build: 'ABORT' }, [...install, ...pre, 'build1', ...ended('build')]],
    [
      'install fails with CONTINUE',
      true,
      ['install'],
      { install: 'CONTINUE' },
      ['install1', ...ended('install'), ...failing([...pre, ...build, ...post])],
    ],
    [
      'build fails with CONTINUE',
      true,
      ['build'],
      { build: 'CONTINUE' },
      [...install, ...pre, 'build1', ...ended('build'), ...failing(post)],
    ],
    [
      'post_build fails with CONTINUE',
      true,
      ['post'],
      { post: 'CONTINUE' },
      [...install, ...pre, ...build, 'post1', ...ended('post')],
    ],
    [
      'build fails after CONTINUE',
      false,
      ['pre', 'build'],
      { pre: 'CONTINUE' },
      [...install, 'pre1', ...ended('pre'), 'build0', ...ended('build'), ...failing(post)],
    ],
    [
      'build fails with RETRY, which is not done',
      false,
      ['build'],
      { build: 'RETRY-2' },
      [...install, ...pre, 'build1', ...ended('build'), ...failing(post)],
    ],
  ])('where %s', async (_title, approved, fail, onFailure, lines) => {
    const { items, env } = prepare(speaking(fail, onFailure));
    expect(await runItems(items, { env })).toEqual({
      approved,
      ...(approved ? {} : { reason: 'the commands failed with exit code 7' }),
      lines,
    });
  });

  test('share variables, functions and the directory', async () => {
    const { items } = prepare({
      installCommands: ['A=1; cd /'],
      commands: ['echo "$A $PWD"; f() { echo "f $1"; }'],
      buildSpec: { phases: { post_build: { commands: ['f 2'] } } },
    });
    expect(await runItems(items)).toEqual({ approved: true, lines: ['1 /', 'f 2'] });
  });

  test('end with the time, without what should clean up', async () => {
    const { items } = prepare({
      commands: ['sleep 600'],
      buildSpec: { phases: { build: { finally: ['echo never'] }, post_build: { commands: ['echo never'] } } },
    });
    expect(await runItems(items, { timeout: 0.005 })).toEqual({
      approved: false,
      reason: 'the commands did not finish within 0.005 minutes',
      lines: expect.not.arrayContaining(['never']),
    });
  });

  test('stop at a failure although the last command that is left replaces the shell', async () => {
    const { items } = prepare({
      commands: ['false'],
      buildSpec: { phases: { post_build: { commands: ['exec true'] } } },
    });
    expect(await runItems(items)).toMatchObject({ approved: false });
  });
});

describe('a gate', () => {
  test.each(['install', 'pre_build', 'build', 'post_build'] as const)('may not go on where %s has failed', (phase) => {
    const buildSpec: PartialBuildSpec = { phases: { [phase]: { 'on-failure': 'CONTINUE' } } };
    expect(() => prepare({ buildSpec }, { node: gate })).toThrow(
      expect.objectContaining({ code: 'GATE_IGNORES_FAILURE', path: 'waves[0]', source: 'user' }),
    );
    expect(prepare({ buildSpec }).items).not.toEqual([]);
  });

  test('may stop at once', () => {
    expect(prepare({ buildSpec: { phases: { build: { 'on-failure': 'ABORT' } } } }, { node: gate }).items).toHaveLength(
      1,
    );
  });
});

describe('variables', () => {
  test('are set from texts, parameters and secrets', () => {
    const { env } = prepare(
      {
        buildSpec: {
          env: {
            variables: { LEVEL: 'full $(x)' },
            'parameter-store': { TENANT: '/orders/tenant' },
            'secrets-manager': { PASSWORD: 'orders/tester:password:AWSPREVIOUS', KEY: 'orders/key' },
          },
        },
      },
      { env: { OWN: '1' } },
    );
    expect(env).toEqual({ LEVEL: 'full $(x)', TENANT: 'tenant-1', PASSWORD: 'hunter2', KEY: 'key-1', OWN: '1' });
  });

  test.each<[string, PartialBuildSpec['env'], object]>([
    ['the option `env`, too', { variables: { OWN: '2' } }, { code: 'BUILD_SPEC_CONFLICT' }],
    [
      'two parts of the buildspec',
      { variables: { A: '2' }, 'parameter-store': { A: '/a' } },
      { code: 'BUILD_SPEC_CONFLICT' },
    ],
    [
      'a secret that has no value here',
      { 'secrets-manager': { A: 'gone' } },
      { message: expect.stringContaining('CDKPIPE_SECRET_GONE') },
    ],
  ])('are refused where they come from %s', (_title, env, fault) => {
    expect(() => prepare({ buildSpec: { env } }, { env: { OWN: '1' } })).toThrow(expect.objectContaining(fault));
  });

  const arn = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/db-AbCdEf';
  test.each([
    ['a', { secret: 'a' }],
    ['a:b', { secret: 'a', field: 'b' }],
    ['a::c', { secret: 'a', stage: 'c' }],
    ['a:b:c:d', { secret: 'a', field: 'b', stage: 'c', version: 'd' }],
    [arn, { secret: arn }],
    [`${arn}:b::d`, { secret: arn, field: 'b', version: 'd' }],
  ])('%s names a secret', (text, reference) => {
    expect(readSecretReference(text)).toEqual(reference);
  });
});

test.each(['pwsh.exe', 'powershell.exe'])('commands for %s are not given to bash', (shell) => {
  expect(() => prepare({ buildSpec: { env: { shell } } })).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ code: 'SHELL_NOT_HERE' })] }),
  );
});

test('what is not done here is named in one line, and nothing else is', () => {
  const { log } = prepare({
    image: 'x',
    computeType: 'large',
    privileged: true,
    cache: { type: 'local', modes: ['source'] },
    vpc: {},
    fileSystems: [{}],
    logging: {},
    rolePolicy: [{}],
    buildSpec: {
      version: 0.2,
      'run-as': 'ada',
      env: {
        'git-credential-helper': 'yes',
        'secrets-manager': { KEY: 'orders/key::AWSPREVIOUS', PASSWORD: 'orders/tester:password' },
      },
      proxy: { logs: 'yes' },
      reports: { unit: { files: ['a'] } },
      artifacts: { 'exclude-paths': ['a'] },
      cache: { paths: ['a'] },
      phases: {
        install: { 'runtime-versions': { nodejs: 22 }, commands: ['true'] },
        build: { 'run-as': 'ada', 'on-failure': 'RETRY-2-timeout', finally: ['true'] },
        post_build: { 'on-failure': 'CONTINUE' },
      },
    },
  });
  expect(log).toEqual([
    'not on this machine: image, computeType, privileged, cache, vpc, fileSystems, logging, rolePolicy, buildSpec.run-as, buildSpec.proxy, buildSpec.reports, buildSpec.artifacts, buildSpec.cache, buildSpec.env.git-credential-helper, buildSpec.env.secrets-manager.KEY (its version), buildSpec.phases.install.runtime-versions, buildSpec.phases.build.run-as, buildSpec.phases.build.on-failure: RETRY',
  ]);
  const done: Partial<BuildCommands> = { privileged: false, rolePolicy: [], buildSpec: { env: { shell: 'bash' } } };
  expect(prepare(done).log).toEqual([]);
});
