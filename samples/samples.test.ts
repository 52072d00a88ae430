/** Each sample renders to the files that lie beside it: the plan, the stacks for CodePipeline, the plan of a local run. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { renderSample } from './render-sample.ts';

/** `npm run samples` writes the files instead of comparing them. */
const writes = process.env.CDKPIPE_WRITE_SAMPLES === '1';
const scratch = mkdtempSync(join(tmpdir(), 'cdkpipe-samples-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const cases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'dist')
  .map(({ name }) => name);

test('there are samples of every concept', () => {
  expect(cases.length).toBeGreaterThanOrEqual(40);
});

test.each(cases)('%s', async (name) => {
  const directory = join(import.meta.dirname, name);
  const rendered = await renderSample(directory, join(scratch, name));
  for (const [file, text] of Object.entries(rendered)) {
    const path = join(directory, file);
    if (writes) writeFileSync(path, text);
    else expect(text, file).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
  }
});
