import { expect, test } from 'vitest';
import { runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const commands = ['init', 'plan', 'plugins', 'synth'];
const subcommands = ['plugins:install', 'plugins:uninstall', 'plugins:update'];

test('the version and the list of commands are printed without a word on stderr', async () => {
  const version = await runCdkpipe(['--version']);
  expect(version).toMatchObject({ exitCode: 0, stderr: '' });
  expect(version.stdout).toMatch(/^@cdkpipe\/cli\/\d+\.\d+\.\d+ /);
  const help = await runCdkpipe([]);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  for (const command of commands) expect(help.stdout).toMatch(new RegExp(`^  ${command} +\\S`, 'm'));
});

test.each([...commands, ...subcommands])(
  'the help of %s has a description, flags and examples, and no colour',
  async (command) => {
    const { exitCode, stdout } = await runCdkpipe([command, '--help']);
    expect(exitCode).toBe(0);
    for (const section of ['USAGE', 'FLAGS', '--json', 'DESCRIPTION', 'EXAMPLES', `$ cdkpipe ${command}`])
      expect(stdout).toContain(section);
    expect(stdout).not.toContain('\u001b');
  },
);

test('the help of run says what --json is there, and what --concurrency takes', async () => {
  const { stdout } = await runCdkpipe(['run', '--help']);
  expect(stdout).toMatch(/--json +Print what happens on stdout, one JSON document a\s+line/);
  expect(stdout).toContain('--concurrency=N');
});

test('help can be asked for in three ways', async () => {
  const [long, short, command] = await Promise.all([
    runCdkpipe(['plan', '--help']),
    runCdkpipe(['plan', '-h']),
    runCdkpipe(['help', 'plan']),
  ]);
  expect(short.stdout).toBe(long.stdout);
  // The help plugin sorts and aligns flags in its own way.
  const linesOf = (text: string) => text.split('\n').map((line) => line.trim().replaceAll(/ +/g, ' '));
  expect(linesOf(command.stdout).sort()).toEqual(linesOf(long.stdout).sort());
});

test('a command that does not exist ends with 2 and the one that was meant', async () => {
  const { exitCode, stdout, stderr } = await runCdkpipe(['snyth']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('there is no command "snyth"');
  expect(stderr).toContain('did you mean "synth"?');
});

test('all wrong flags are reported at once, each with the one that was meant', async () => {
  const { exitCode, stderr } = await runCdkpipe(['synth', '--outptu', '--quite']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('did you mean "--output"?');
  expect(stderr).toContain('did you mean "--quiet"?');
});

test.each([
  [['reject', 'x', 'y'], ['--reason is missing']],
  [['run', '--deploy', '--rehearse'], ['--deploy and --rehearse exclude each other']],
  [['run', '--concurrency', 'x'], ['--concurrency takes a whole number, not "x"']],
  [['rollback'], ['missing 1 required arg:\nrun  ID of the run, a part of it that is unique, or latest.']],
])('%j is refused in words of ours, a line for each fault', async (args, messages) => {
  const { exitCode, stdout } = await runCdkpipe([...args, '--json']);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout).errors.map(({ message }: { message: string }) => message)).toEqual(messages);
});

test.each([
  [['plan', 'extra'], 'ARGUMENT_UNEXPECTED'],
  [['synth', '--config'], 'ARGUMENTS_INVALID'],
  [['synth', '--nope'], 'FLAG_UNKNOWN'],
  [['snyth'], 'COMMAND_UNKNOWN'],
  [['help', 'snyth'], 'ARGUMENTS_INVALID'],
])('%j with --json prints one document with the code, and nothing on stderr', async (args, code) => {
  const { exitCode, stdout, stderr } = await runCdkpipe([...args, '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ errors: [{ code, docs: expect.any(String) }], warnings: [] });
});

test('colours are used when they are forced, and not otherwise', async () => {
  expect((await runCdkpipe(['snyth'])).stderr).not.toContain('\u001b');
  expect((await runCdkpipe(['snyth'], { env: { FORCE_COLOR: '1' } })).stderr).toContain('\u001b[');
  expect((await runCdkpipe(['snyth'], { env: { NO_COLOR: '1' } })).stderr).not.toContain('\u001b');
});

test('a stack trace is shown only with --debug', async () => {
  expect((await runCdkpipe(['snyth'])).stderr).not.toMatch(/^ +at /m);
  expect((await runCdkpipe(['snyth', '--debug'])).stderr).toMatch(/^ +at /m);
});
