/** Holds docs/authors.md and the reference of the contract to the code; CDKPIPE_WRITE_DOCS=1 writes them. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { backendChecks } from './backend-checks/backend-checks.ts';
import { checks } from './checks/checks.ts';
import { unformatted } from './renew-readme.ts';

const root = resolve(import.meta.dirname, '../../..');
const isWriting = process.env.CDKPIPE_WRITE_DOCS === '1';

test('docs/authors.md lists every check: what holds, why, and what to do', () => {
  const rows = checks.map(
    ({ id, severity, title, why, fix }) => `| ${[id, severity, title, why, fix].map(cell).join(' | ')} |`,
  );
  const table = ['| id | severity | what holds | why | what to do |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
  const file = join(root, 'docs/authors.md');
  const text = readFileSync(file, 'utf8');
  const renewed = text.replace(
    /<!-- checks -->.*<!-- \/checks -->/s,
    () => `<!-- checks -->\n\n${table}\n\n<!-- /checks -->`,
  );
  if (isWriting) writeFileSync(file, renewed);
  else expect(unformatted(text)).toBe(unformatted(renewed));
});

test('docs/authors.md lists every check of a backend', () => {
  const rows = backendChecks.map(({ id, title, why, fix }) => `| ${[id, title, why, fix].map(cell).join(' | ')} |`);
  const table = ['| id | what holds | why | what to do |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const file = join(root, 'docs/authors.md');
  const text = readFileSync(file, 'utf8');
  const renewed = text.replace(
    /<!-- backend checks -->.*<!-- \/backend checks -->/s,
    () => `<!-- backend checks -->\n\n${table}\n\n<!-- /backend checks -->`,
  );
  if (isWriting) writeFileSync(file, renewed);
  else expect(unformatted(text)).toBe(unformatted(renewed));
});

test('docs/reference/contract.md is what the types say', () => {
  const script = join(root, 'build/write-contract.mjs');
  if (isWriting) execFileSync(process.execPath, [script]);
  const printed = execFileSync(process.execPath, [script, '--print'], { encoding: 'utf8', maxBuffer: 10_000_000 });
  expect(unformatted(readFileSync(join(root, 'docs/reference/contract.md'), 'utf8'))).toBe(unformatted(printed));
});

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
