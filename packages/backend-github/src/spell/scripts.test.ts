import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkCommands, pack, runCommands, unpack } from './scripts.ts';
import { commandSteps } from './spell-commands.ts';

const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-scripts-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let count = 0;

/** As a runner would, in a workspace of its own. */
function workspace() {
  count += 1;
  const cwd = join(scratch, String(count));
  mkdirSync(join(cwd, 'temp'), { recursive: true });
  const output = join(cwd, 'output');
  writeFileSync(output, '');
  const base = { PATH: process.env.PATH, HOME: cwd, RUNNER_TEMP: join(cwd, 'temp'), GITHUB_OUTPUT: output };
  const bash = (script: string, env: Readonly<Record<string, string>> = {}) => {
    const file = join(cwd, 'script.sh');
    writeFileSync(file, script);
    return spawnSync('bash', ['--noprofile', '--norc', file], { cwd, env: { ...base, ...env }, encoding: 'utf8' });
  };
  return { cwd, bash, output: () => readFileSync(output, 'utf8') };
}

/** Both steps, one after the other, as long as they succeed. */
function run(commands: readonly string[], exports: Readonly<Record<string, string>> = {}) {
  const { bash, output } = workspace();
  const [step, check] = commandSteps({
    id: 'x',
    name: 'x',
    commands,
    env: {},
    exports: new Map(Object.entries(exports)),
  });
  expect([step?.run, check?.run]).toEqual([runCommands, checkCommands]);
  const first = bash(step?.run ?? '', step?.env);
  const passed = first.status === 0 && bash(check?.run ?? '').status === 0;
  return { passed, log: first.stdout, output: output() };
}

describe('commands', () => {
  test('share variables and directory, and pass when all of them do', () => {
    const { passed, log } = run(['A=1; cd temp', 'echo "a=$A in $(basename "$PWD")"']);
    expect(passed).toBe(true);
    expect(log).toContain('a=1 in temp');
  });

  test.each([
    ['a failure', ['false', 'true']],
    ['a failure in front of &&', ['false && true', 'true']],
    ['a failure at the end', ['true', 'false']],
    ['a failure behind set -e', ['set -e', 'false', 'true']],
    ['an exit in the middle, even with 0', ['exit 0', 'false']],
    ['a break, which would leave a loop', ['break', 'false']],
    ['a continue, which would skip the verdict', ['false; continue', 'true; exit 0', 'false']],
    ['a return', ['return 0', 'false']],
    ['a replaced shell', ['exec true', 'false']],
    ['a trap that ends the shell with 0', ['trap "exit 0" EXIT; false', 'true']],
    ['a text that does not end', ["echo 'x", 'true']],
    ['a here-document without an end, which would swallow the next command', ['cat <<END', 'false']],
    ['a backslash at the end, which would join the next command', ['true \\', 'false']],
    ['a comment at the end', ['true # x', 'false # y']],
  ])('do not pass with %s', (_title, commands) => {
    expect(run(commands).passed).toBe(false);
  });

  test.each([
    ['fails', 'trap "exit 0" EXIT; false'],
    ['exits', 'trap "exit 0" EXIT; exit 3'],
    ['fails behind set -e', 'set -e; trap "exit 0" EXIT; false'],
    ['is replaced', 'exec true'],
  ])('do not pass when the last one %s, whatever the shell ends with', (_title, command) => {
    expect(run(['true', command]).passed).toBe(false);
  });

  test('an exit of a subshell is no verdict', () => {
    expect(run(['(exit 0)', 'x=$(exit 0); false']).passed).toBe(false);
    expect(run(['(exit 3) || true', 'true']).passed).toBe(true);
  });

  test('a trap of the author runs', () => {
    const { passed, log } = run(['trap "echo cleaned" EXIT', 'true']);
    expect([passed, log.includes('cleaned')]).toEqual([true, true]);
  });

  test('an exit of the last one decides', () => {
    expect(run(['true', 'exit 0']).passed).toBe(true);
    expect(run(['true', 'exit 3']).passed).toBe(false);
  });

  test('hand on the last values of their exports, whatever is in them', () => {
    const { output } = run(["A='x\ny<<z\n'", 'export A', 'IFS=x'], { Build__A: 'A' });
    const [, mark] = /^Build__A<<(\w+)$/m.exec(output) ?? [];
    expect(output).toBe(`Build__A<<${mark}\nx\ny<<z\n\n${mark}\n`);
  });
});

describe('a tar', () => {
  const made = () => {
    const place = workspace();
    mkdirSync(join(place.cwd, 'out/.hidden'), { recursive: true });
    writeFileSync(join(place.cwd, 'out/.hidden/run'), '#!/bin/sh\n', { mode: 0o755 });
    expect(place.bash(pack, { CDKPIPE_DIRECTORY: 'out', CDKPIPE_TAR: 'a/x.tar' }).status).toBe(0);
    const digest = /^digest=([0-9a-f]{64})$/m.exec(place.output())?.[1] ?? '';
    const take = (given: string) =>
      place.bash(unpack, { CDKPIPE_DIGEST: given, CDKPIPE_DIRECTORY: 'in', CDKPIPE_TAR: 'a/x.tar' }).status;
    return { ...place, digest, take };
  };

  test('keeps modes and hidden files', () => {
    const { take, digest, bash } = made();
    expect(take(digest)).toBe(0);
    expect(bash('test -x in/.hidden/run').status).toBe(0);
  });

  test('is refused where it is another one, or nobody says which it is', () => {
    const { take, digest, cwd } = made();
    expect(take('')).toBe(1);
    expect(take('0'.repeat(64))).not.toBe(0);
    writeFileSync(join(cwd, 'a/x.tar'), 'another');
    expect(take(digest)).not.toBe(0);
  });
});
