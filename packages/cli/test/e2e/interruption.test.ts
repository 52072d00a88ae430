/** Every command ends with 130 when a signal asks it to, whatever it is doing, and leaves what was there before. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { definition, makeDirectory, type RunOptions, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const pending = `console.error('PENDING'); await new Promise(() => setInterval(() => {}, 1000));`;
const working = `console.error('PENDING'); await new Promise((resolve) => setTimeout(resolve, 700));`;
const hookOf = (hook: string) =>
  `plugins: [{ name: 'slow', api: 1, hooks: { ${hook}: async (value) => { ${pending} return value; } } }],`;
const stacksThat = (wait: string) => definition().replace('stacks: (stage) => {', `stacks: async (stage) => { ${wait}`);

const phases = {
  'the definition loads': definition({ before: pending }),
  'stacks is pending': stacksThat(pending),
  'stacks takes a while': stacksThat(working),
  'a hook of the plan is pending': definition({ override: hookOf('plan') }),
  'a hook of emit is pending': definition({ override: hookOf('emit') }),
};
type Phase = keyof typeof phases;

const interrupt = (signal: NodeJS.Signals): Pick<RunOptions, 'onStderr'> => {
  let isSent = false;
  return {
    onStderr: (text, kill) => {
      if (isSent || !text.includes('PENDING')) return;
      isSent = true;
      kill(signal);
    },
  };
};

/** Accepts connections and never answers. */
let silent: Server;
let registry: string;
beforeAll(async () => {
  silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  registry = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
});
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

test.each<[string, Phase, NodeJS.Signals]>([
  ['synth', 'the definition loads', 'SIGHUP'],
  ['synth', 'stacks is pending', 'SIGINT'],
  ['synth', 'stacks is pending', 'SIGTERM'],
  ['synth', 'stacks is pending', 'SIGHUP'],
  ['synth', 'stacks takes a while', 'SIGTERM'],
  ['synth', 'a hook of emit is pending', 'SIGINT'],
  ['plan', 'stacks is pending', 'SIGHUP'],
  ['plan', 'a hook of the plan is pending', 'SIGINT'],
  ['plugins:inspect', 'the definition loads', 'SIGHUP'],
  ['run --rehearse', 'the definition loads', 'SIGTERM'],
])('%s, while %s: %s', async (command, phase, signal) => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': phases[phase], 'cdk.out/manifest.json': '{"old":true}' });
  const outcome = await runCdkpipe(command.split(' '), { cwd, ...interrupt(signal) });
  expect(outcome).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('PENDING') });
  expect(outcome.stderr + outcome.stdout).toMatch(/interrupted|stopping/);
  expect(readFileSync(join(cwd, 'cdk.out/manifest.json'), 'utf8')).toBe('{"old":true}');
  expect(readdirSync(cwd).filter((name) => name.startsWith('.cdk.out'))).toEqual([]);
});

test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])('a registry that never answers: %s', async (signal) => {
  const description = '{"name":"app","version":"1.0.0"}';
  const cwd = makeDirectory({
    'package.json': description,
    'cdkpipe.config.ts': definition(),
    '.npmrc': `registry=${registry}\n`,
  });
  let kill: ((signal: NodeJS.Signals) => void) | undefined;
  silent.once('connection', () => kill?.(signal));
  const outcome = await runCdkpipe(['plugins:install', 'cdkpipe-plugin-any', '--yes'], {
    cwd,
    onSpawn: (killIt) => {
      kill = killIt;
    },
  });
  expect(outcome).toMatchObject({ exitCode: 130 });
  expect(readFileSync(join(cwd, 'package.json'), 'utf8')).toBe(description);
  expect(existsSync(join(cwd, 'node_modules'))).toBe(false);
});

test('a definition that receives the signal itself does not make the command succeed', async () => {
  const own = `process.on('SIGTERM', () => setTimeout(() => process.exit(0), 100)); ${pending}`;
  const cwd = makeDirectory({ 'cdkpipe.config.ts': stacksThat(own) });
  expect(await runCdkpipe(['synth'], { cwd, ...interrupt('SIGTERM') })).toMatchObject({ exitCode: 130 });
});

test.each<[string, string, NodeJS.Signals]>([
  ['stacks', stacksThat(`console.error('PENDING'); for (;;) {}`), 'SIGINT'],
  ['the definition', definition({ before: `console.error('PENDING'); for (;;) {}` }), 'SIGTERM'],
  ['promises of the definition', definition({ before: `console.error('PENDING'); for (;;) await null;` }), 'SIGHUP'],
  ['a pattern', stacksThat(`console.error('PENDING'); /^(a+)+$/.test('a'.repeat(60) + 'b');`), 'SIGINT'],
])('%s that never pauses ends with the signal, as the process has no handler then', async (_, text, signal) => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': text, 'cdk.out/manifest.json': '{"old":true}' });
  let again: NodeJS.Timeout | undefined;
  const outcome = await runCdkpipe(['synth', '--no-validate'], {
    cwd,
    onStderr: (stderr, kill) => {
      // A signal that arrives before the second thread notices is lost, as a first Ctrl-C may be.
      if (stderr.includes('PENDING')) again ??= setInterval(() => kill(signal), 1000);
    },
  }).finally(() => clearInterval(again));
  expect(outcome).toMatchObject({ signal, stderr: expect.stringContaining('PENDING') });
  expect(readFileSync(join(cwd, 'cdk.out/manifest.json'), 'utf8')).toBe('{"old":true}');
});

const endless = `const self = { then(resolve) { resolve(self); } };`;

test.each<[string, string, string[], object]>([
  ['stacks that compute without an end', stacksThat('for (;;) {}'), ['synth'], { code: 'STACKS_TIMED_OUT' }],
  [
    'a thenable that resolves with itself',
    stacksThat(`${endless} await self;`),
    ['synth'],
    { code: 'STACKS_TIMED_OUT' },
  ],
  [
    'a tap that returns one',
    definition({
      before: endless,
      override: `plugins: [{ name: 'slow', api: 1, hooks: { plan: () => self } }],`,
    }),
    ['plan'],
    { code: 'PLUGIN_TIMED_OUT', plugin: 'slow', hook: 'plan' },
  ],
  [
    'a tap of run that computes without an end',
    definition({ override: `plugins: [{ name: 'slow', api: 1, hooks: { model: () => { for (;;) {} } } }],` }),
    ['run', '--rehearse'],
    { code: 'PLUGIN_TIMED_OUT', plugin: 'slow', hook: 'model' },
  ],
])(
  '%s: ends when its time limit is over, though no timer runs, and the old assembly stays',
  async (_, text, command, problem) => {
    const cwd = makeDirectory({ 'cdkpipe.config.ts': text, 'cdk.out/manifest.json': '{"old":true}' });
    const env = { CDKPIPE_STACKS_TIMEOUT: '1', CDKPIPE_PLUGIN_TIMEOUT: '1' };
    const { exitCode, stdout, stderr } = await runCdkpipe([...command, '--json'], {
      cwd,
      env,
      // Without the defense it would compute beyond the end of the test.
      onSpawn: (kill) => void setTimeout(() => kill('SIGKILL'), 45_000).unref(),
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 'plugin' in problem ? 3 : 2, stderr: '' });
    const documents = command[0] === 'run' ? stdout.trimEnd().split('\n') : [stdout];
    const { errors } = documents.map((each) => JSON.parse(each)).at(-1);
    expect(errors).toMatchObject([problem]);
    expect(readFileSync(join(cwd, 'cdk.out/manifest.json'), 'utf8')).toBe('{"old":true}');
  },
);

test('work that pauses after a while is interrupted in the orderly way', async () => {
  const busy = `const busy = () => { const { user, system } = process.cpuUsage(); return user + system; }; const end = busy() + 4e6; while (busy() < end) {} await new Promise((done) => setTimeout(done, 500));`;
  const cwd = makeDirectory({ 'cdkpipe.config.ts': stacksThat(`${busy} ${pending}`) });
  expect(await runCdkpipe(['synth', '--no-validate'], { cwd, ...interrupt('SIGINT') })).toMatchObject({
    exitCode: 130,
  });
});

test('a second signal ends the process without waiting', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition({ override: hookOf('plan') }) });
  const began = Date.now();
  let sent = 0;
  const outcome = await runCdkpipe(['synth', '--no-validate'], {
    cwd,
    onStderr: (text, kill) => {
      if (sent > 0 || !text.includes('PENDING')) return;
      sent = Date.now() - began;
      kill('SIGINT');
      setTimeout(() => kill('SIGINT'), 100);
    },
  });
  expect(outcome).toMatchObject({ exitCode: 130 });
  expect(Date.now() - began - sent).toBeLessThan(1500);
});

test('a command that has not begun yet ends with 130, too', async () => {
  const cwd = makeDirectory();
  const preload = join(cwd, 'slow.mjs');
  // Slows down the load of oclif's command, which is before any command of ours runs.
  writeFileSync(
    preload,
    `const kill = () => process.kill(process.pid, 'SIGHUP');
     const timer = setInterval(() => { if (process.listenerCount('SIGHUP') > 0) { clearInterval(timer); kill(); } });`,
  );
  const outcome = await runCdkpipe(['runs'], { cwd, env: { NODE_OPTIONS: `--import=${preload}` } });
  expect(outcome.exitCode).toBe(130);
});
