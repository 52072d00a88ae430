/** `cdkpipe synth --check`: is what is there what would be written? */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

const check = async (cwd: string, ...flags: string[]) => {
  const { stdout, exitCode, stderr } = await runCdkpipe(['synth', '--check', '--no-validate', '--json', ...flags], {
    cwd,
  });
  expect(stderr).not.toContain('UNREACHABLE');
  return { exitCode, differences: JSON.parse(stdout).differences };
};

/** Every file with its content and the time when it was written. */
const contentsOf = (directory: string) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => join(directory, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => [file, statSync(file).mtimeMs, readFileSync(file, 'utf8')]);

test('an assembly that is what would be written passes, and one that is not fails with its files, and neither is touched', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition() });
  await runCdkpipe(['synth', '--quiet', '--no-validate'], { cwd });
  const before = contentsOf(cwd);
  expect(await check(cwd)).toEqual({ exitCode: 0, differences: [] });
  expect(contentsOf(cwd)).toEqual(before);

  writeFileSync(join(cwd, 'cdkpipe.config.ts'), definition().replace("'Orders'", "'Sales'"));
  rmSync(join(cwd, 'cdk.out/manifest.json'));
  writeFileSync(join(cwd, 'cdk.out/left-over.txt'), '');
  const { exitCode, differences } = await check(cwd);
  expect(exitCode).toBe(1);
  expect(differences).toEqual(
    expect.arrayContaining([
      { root: 'assembly', file: 'manifest.json', change: 'missing' },
      { root: 'assembly', file: 'left-over.txt', change: 'unexpected' },
      {
        root: 'assembly',
        file: expect.stringMatching(/^assembly-Beta\/.*\.template\.json$/),
        change: 'outdated',
        places: ['Outputs.Orders', 'Outputs.Sales'],
      },
    ]),
  );
  expect(readdirSync(join(cwd, 'cdk.out'))).not.toContain('manifest.json');
});

test('a project without an assembly fails, and gets none', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition() });
  const { exitCode, differences } = await check(cwd, '--output', 'elsewhere');
  expect(exitCode).toBe(1);
  expect(differences.every(({ change }: { change: string }) => change === 'missing')).toBe(true);
  expect(readdirSync(cwd)).toEqual(['cdkpipe.config.ts']);
});

test('a build that checks before anything was written is told which files are missing', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition() });
  const env = { CODEBUILD_SRC_DIR: cwd };
  const { stdout, exitCode } = await runCdkpipe(['synth', '--check', '--no-validate', '--json'], { cwd, env });
  expect(JSON.parse(stdout).errors).toEqual([]);
  expect(exitCode).toBe(1);
});
