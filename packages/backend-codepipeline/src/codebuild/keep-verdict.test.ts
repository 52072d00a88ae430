import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keepVerdict } from './keep-verdict.ts';

const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-verdict-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const isThere = (shell: string) => spawnSync(shell, ['-c', ':']).status === 0;
/** `sh` is dash on Debian and bash on Amazon Linux, which CodeBuild's images are made of. */
const shells = [['sh'], ['dash'], ['bash'], ['bash', '--posix'], ['busybox', 'sh']].filter(([shell = '']) =>
  isThere(shell),
);

/** The command in a script as AWS's runner writes it. */
function run([shell = 'sh', ...args]: readonly string[], command: string) {
  const file = join(scratch, 'script.sh');
  writeFileSync(join(scratch, 'env.sh'), '');
  writeFileSync(
    file,
    [
      'set -a',
      `. ${scratch}/env.sh`,
      'set +a',
      command,
      'CODEBUILD_LAST_EXIT=$?',
      `export -p > ${scratch}/env.sh`,
      'exit $CODEBUILD_LAST_EXIT',
    ].join('\n'),
  );
  const { status, stdout, stderr } = spawnSync(shell, [...args, file], { encoding: 'utf8', cwd: scratch });
  return { status, stdout, stderr };
}

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))('in %s', (_, shell) => {
  const library = join(scratch, 'library.sh');
  writeFileSync(library, "trap 'exit 0' EXIT\n");

  it.each<[string, string, number]>([
    ['a trap that ends with 0 after a failure', "trap 'exit 0' EXIT; false", 1],
    ['a trap that ends with 0 after an exit', "trap 'exit 0' EXIT\nexit 3", 3],
    ['a trap by number', "trap -- 'exit 0' TERM 0; exit 4", 4],
    ['a trap on a line of its own', "set -e\ntrap 'echo bye; exit 0' EXIT\nfalse\necho never", 1],
    ['a function that ends with 0', 'clean() { exit 0; }\ntrap clean EXIT\nfalse', 1],
    ['a trap of a file that is read', `. ${library}\nfalse`, 1],
    ['a trap of text that is evaluated', `eval "trap 'exit 0' EXIT"; exit 5`, 5],
  ])('%s does not pass', (_title, command, status) => {
    expect(run(shell, keepVerdict(command))).toMatchObject({ status });
  });

  it('the shell itself would pass it', () => {
    expect(run(shell, "trap 'exit 0' EXIT; false").status).toBe(0);
  });

  it.each<[string, string, string, number]>([
    ['runs, and changes nothing of success', "trap 'echo bye' EXIT; echo a", 'a\nbye\n', 0],
    ['reads how the commands ended', 'trap \'echo "$?"\' EXIT\nexit 7', '7\n', 7],
    ['that fails changes nothing of success', 'trap false EXIT; true', '', 0],
    ['that is taken back does not run', "trap 'echo bye' EXIT; trap - EXIT; echo a", 'a\n', 0],
    ['on another signal works', "trap 'echo got' USR1; kill -USR1 $$; echo a", 'got\na\n', 0],
    ['in a subshell runs there', "(trap 'echo bye' EXIT; echo in); echo out", 'in\nbye\nout\n', 0],
  ])('a trap %s', (_title, command, stdout, status) => {
    expect(run(shell, keepVerdict(command))).toMatchObject({ status, stdout, stderr: '' });
  });

  it('variables that a command exports are kept for the next', () => {
    run(shell, keepVerdict('export KEPT=1; trap true EXIT'));
    expect(
      spawnSync(shell[0] ?? 'sh', [...shell.slice(1), '-c', `. ${scratch}/env.sh; echo "$KEPT"`], { encoding: 'utf8' })
        .stdout,
    ).toBe('1\n');
  });
});

it('commands that set no trap stay as they are', () => {
  for (const command of ['npm test', './smoke.sh "$URL"', 'ls . && echo done'])
    expect(keepVerdict(command)).toBe(command);
});
