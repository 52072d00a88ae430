/** Errors of a definition get the places of their problems. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCdkpipeError, type Problem, refused } from '@cdkpipe/core';
import { expect, onTestFinished, test } from 'vitest';
import { withPlaces } from './locate-problems.ts';

const secret = 'AKIAIOSFODNN7EXAMPLE';

function placed(
  problems: readonly Problem[],
  text = `export default {\n  name: 7,\n  env: '${secret}',\n};\n`,
  name = 'cdkpipe.config.ts',
) {
  const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-locate-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, name);
  writeFileSync(file, text);
  const [first, ...rest] = problems;
  const error = withPlaces(refused([first as Problem, ...rest]), file);
  return isCdkpipeError(error) ? error : undefined;
}

test('a problem with a path gets line, column and lines of the file', () => {
  const error = placed([{ code: 'NAME_INVALID', message: 'm', path: 'name' }]);
  expect(error).toMatchObject({ source: 'user', code: 'NAME_INVALID' });
  expect(error?.problems[0].location).toMatch(/cdkpipe\.config\.ts:2:9$/);
  expect(error?.problems[0].excerpt).toContain('2 │   name: 7,');
});

test('one that knows its place keeps it, and one without a path gets none', () => {
  const known = { code: 'A', message: 'm', path: 'name', location: 'lib/app.ts:1:1' };
  expect(placed([known, { code: 'B', message: 'm' }])?.problems).toEqual([known, { code: 'B', message: 'm' }]);
});

test('lines are not printed where one of them holds a credential', () => {
  const problems = [
    { code: 'NAME_INVALID', message: 'm', path: 'name' },
    { code: 'CREDENTIAL_WRITTEN', message: 'm', path: 'env' },
  ];
  const error = placed(problems);
  expect(error?.problems.map(({ location }) => location?.split(':').slice(-2).join(':'))).toEqual(['2:9', '3:8']);
  expect(JSON.stringify(error?.problems)).not.toContain(secret);
});

test('passwords in addresses are left out of the lines', () => {
  const error = placed(
    [{ code: 'X', message: 'm', path: 'url' }],
    `export default { url: 'https://me:hunter2@a.example' };`,
  );
  expect(error?.problems[0].excerpt).not.toContain('hunter2');
});

test('an error of something else stays as it is', () => {
  const error = new Error('x');
  expect(withPlaces(error, '/nowhere/cdkpipe.config.ts')).toBe(error);
});

test.each(['cdkpipe.config.json', 'cdkpipe.config.yaml', 'cdkpipe.config.ts'])(
  'a %s that no parser can read to its end has problems without places',
  (name) => {
    const problem = { code: 'DEFINITION_TOO_DEEP', message: 'm', path: 'waves[0]' };
    const text = `${'['.repeat(1e5)}${']'.repeat(1e5)}`;
    expect(placed([problem], text, name)?.problems).toEqual([problem]);
  },
);
