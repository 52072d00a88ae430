import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { definition, makeDirectory, runCdkpipe } from './run-cdkpipe.test.fixture.ts';

test('a code is explained where there is no definition', async () => {
  const cwd = makeDirectory();
  const { stdout, exitCode } = await runCdkpipe(['explain', 'WAVE_NAME_TAKEN', '--json'], { cwd });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    code: 'WAVE_NAME_TAKEN',
    docs: expect.stringContaining('errors.md#wave_name_taken'),
    example: expect.any(String),
    errors: [],
  });
});

test('an unknown code is refused with the near misses', async () => {
  const { stderr, exitCode } = await runCdkpipe(['explain', 'WAVE_NAME_TAKE'], { cwd: makeDirectory() });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('did you mean "WAVE_NAME_TAKEN"');
});

test('an action is explained by the end of its ID, with its roles, and nothing is written', async () => {
  const cwd = makeDirectory({ 'cdkpipe.config.ts': definition() });
  const { stdout, exitCode } = await runCdkpipe(['explain', 'Shop:execute'], { cwd, env: { NO_COLOR: '1' } });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Beta\/Shop:execute {2}execute, stage Beta/);
  expect(stdout).toContain('cdk-hnb659fds-deploy-role-222222222222-eu-west-1 (not emitted by cdkpipe)');
  expect(readdirSync(cwd)).toEqual(['cdkpipe.config.ts']);
});
