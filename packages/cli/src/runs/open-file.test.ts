import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openFile } from './open-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'cdkpipe-open-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const withOpener = (script: string) => {
  const name = process.platform === 'darwin' ? 'open' : 'xdg-open';
  writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: directory };
};
const isUnix = process.platform !== 'win32';

test.runIf(isUnix)('the file is given to the opener as one argument, whatever its name is', async () => {
  const file = join(directory, 'a $(touch b); "c".html');
  expect(await openFile(file, withOpener(`printf %s "$1" > ${JSON.stringify(join(directory, 'seen'))}`))).toBe(true);
  expect(readFileSync(join(directory, 'seen'), 'utf8')).toBe(file);
});

test.runIf(isUnix)('an opener that fails has not opened it, nor one that is not there', async () => {
  expect(await openFile('a.html', withOpener('exit 3'))).toBe(false);
  expect(await openFile('a.html', { PATH: join(directory, 'nowhere') })).toBe(false);
});
