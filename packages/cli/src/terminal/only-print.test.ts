/** Holds that text reaches a terminal in one way only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.test(\.fixture)?\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

test('only print writes to a stream of the process; stdout-document writes JSON', () => {
  expect(filesWith(/\bstd(out|err)\.write\b|\bconsole\.\w+\(|\boutput\.write\(/)).toEqual([
    'process/stdout-document.ts',
  ]);
});

test("oclif's own ways to print are not used", () => {
  expect(filesWith(/\bthis\.(log|logToStderr|warn|error)\(|\bux\./)).toEqual([]);
});

test('a brand is cast in the file that makes printable text, and nowhere else', () => {
  expect(filesWith(/as Printable\b/)).toEqual(['terminal/printable.ts']);
});

test('every message of a prompt is made for the terminal', () => {
  for (const { file, text } of sources.filter(({ text }) => text.includes("'@inquirer/prompts'"))) {
    const messages = [...text.matchAll(/\b(?:confirm|input|select)(?:<[^>]*>)?\(\s*\{\s*message(?::\s*(\w+))?/g)];
    expect(messages.length, file).toBeGreaterThan(0);
    for (const [whole, made] of messages)
      if (!/Comment|Reason|Run npm install/.test(text.slice(text.indexOf(whole), text.indexOf(whole) + 90)))
        expect(['forTerminal', undefined], `${file}: ${whole}`).toContain(made);
  }
});
