import { expect, test } from 'vitest';
import { runItems } from './shell-task.test.fixture.ts';

const run = (commands: readonly string[], exports: readonly string[] = []) =>
  runItems(
    commands.map((command) => ({ phase: 'build', part: 'commands', onFailure: 'stop', command })),
    { exports },
  );

test.each<[string, string[], string[]]>([
  ['an `exit 0`', ['echo a; exit 0; echo never', 'echo b'], ['a', 'b']],
  ['several of them', ['exit 0', 'echo a; exit', 'exit 0', 'echo b'], ['a', 'b']],
  ['a `break`', ['break', 'echo a', 'break 9', 'echo b'], ['a', 'b']],
  ['a `continue`', ['continue', 'echo a', 'continue 9', 'echo b'], ['a', 'b']],
  ['arguments that are set', ['set -- x y', 'echo "$# $1"'], ['2 x']],
  ['strict settings', ['set -euo pipefail; set -C', 'echo a'], ['a']],
  ['separators that are changed', ['IFS=0123456789', 'echo a', 'exit 0', 'echo b'], ['a', 'b']],
  ['a trap on EXIT that is set', ['trap "echo bye" EXIT', 'echo a'], ['a', 'bye']],
  ['an exit with a trap on EXIT', ['trap "echo bye" EXIT; exit 0', 'echo b'], ['bye', 'b']],
  ['a trap that is taken back', ['trap "echo bye" EXIT', 'trap - EXIT', 'echo b'], ['b']],
  ['a trap that reads how the commands ended', ['trap \'echo "$?"\' EXIT', 'true'], ['0']],
  ['a trap in a subshell', ['(trap "echo bye" EXIT)', 'echo b'], ['bye', 'b']],
  ['a last command that replaces the shell', ['echo a', 'exec echo b'], ['a', 'b']],
])('no command is passed over after %s', async (_title, commands, lines) => {
  expect(await run(commands)).toEqual({ approved: true, lines });
});

test.each<[string, string[], string]>([
  ['exit 3', ['exit 3', 'echo never'], 'failed with exit code 3'],
  ['exit 3 after exit 0', ['exit 0', 'exit 3', 'echo never'], 'failed with exit code 3'],
  ['a function that exits', ['stop() { exit 4; }', 'stop', 'echo never'], 'failed with exit code 4'],
  ['a failure under set -e', ['set -e', 'false; true', 'echo never'], 'failed with exit code 1'],
  ['an unset variable under set -u', ['set -u', 'echo "$NONE"', 'echo never'], 'failed with exit code'],
  ['an exec in the middle', ['exec true', 'echo never'], 'ended before the last'],
  [
    'a trap that ends with 0 after a failure',
    ["trap 'exit 0' EXIT", 'exit 3', 'echo never'],
    'failed with exit code 3',
  ],
  ['a trap that ends with 0 after the last failure', ["trap 'exit 0' EXIT", 'false'], 'failed with exit code 1'],
  ['a trap that ends with 0 in the same command', ["trap 'exit 0' EXIT; exit 3"], 'failed with exit code 3'],
  ['a trap by number', ["trap -- 'exit 0' TERM 0; exit 3"], 'failed with exit code 3'],
  ['a signal', ['kill -KILL $$', 'echo never'], 'were ended by SIGKILL'],
])('%s fails all', async (_title, commands, reason) => {
  expect(await run(commands)).toEqual({
    approved: false,
    reason: expect.stringContaining(reason),
    lines: expect.not.arrayContaining(['never']),
  });
});

test.each([
  ['at the end', ['A="1 $(echo 2)"', 'name=x']],
  ['after an exit, with what a new shell adds', ['cd /; A=1; name=x; exit 0', 'A="$A 2"', 'test "$PWD" = /']],
  ['where separators are changed', ['A="1 2"; name=x; IFS=", "']],
])('variables are exported as they are %s', async (_title, commands) => {
  expect(await run(commands, ['A', 'name'])).toMatchObject({ approved: true, exports: { A: '1 2', name: 'x' } });
});
