import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory } from './cdk.test.fixture.ts';
import { openFindingCache } from './finding-cache.ts';
import type { RuleFinding } from './template-finding.ts';

const error: RuleFinding = { severity: 'error', rule: 'E3001', message: 'no such resource type' };
const template = (text: string) => ({ name: 'a', text });

function keep(directory: string, entries: Readonly<Record<string, readonly RuleFinding[]>>) {
  const cache = openFindingCache(directory, 'project', '1');
  for (const [text, findings] of Object.entries(entries)) cache.keep(template(text), findings);
  cache.save();
}

const fileIn = (directory: string) =>
  join(directory, 'templates', readdirSync(join(directory, 'templates'))[0] ?? 'none');

type Entries = Record<string, { seal: string; found: RuleFinding[] }>;
function plant(directory: string, change: (findings: Entries) => void) {
  const stored = JSON.parse(readFileSync(fileIn(directory), 'utf8')) as { findings: Entries };
  change(stored.findings);
  writeFileSync(fileIn(directory), JSON.stringify(stored));
}

const find = (directory: string, text: string) => openFindingCache(directory, 'project', '1').find(template(text));

test('findings are known again', () => {
  const directory = makeDirectory();
  keep(directory, { bad: [error], good: [] });
  expect([find(directory, 'bad'), find(directory, 'good')]).toEqual([[error], []]);
});

test('an entry that was emptied does not hide an error: the template is checked again, others are not', () => {
  const directory = makeDirectory();
  keep(directory, { bad: [error], good: [] });
  plant(directory, (findings) => {
    for (const entry of Object.values(findings)) entry.found = [];
  });
  expect([find(directory, 'bad'), find(directory, 'good')]).toEqual([undefined, []]);
});

test('the clean entry of another template cannot take the place of one with errors', () => {
  const directory = makeDirectory();
  keep(directory, { bad: [error], good: [] });
  plant(directory, (findings) => {
    const clean = Object.values(findings).find(({ found }) => found.length === 0);
    for (const key of Object.keys(findings)) if (clean) findings[key] = clean;
  });
  expect([find(directory, 'bad'), find(directory, 'good')]).toEqual([undefined, []]);
});

test('the file of another cache is not believed', () => {
  const [ours, theirs] = [makeDirectory(), makeDirectory()];
  keep(ours, { bad: [error] });
  keep(theirs, { bad: [] });
  writeFileSync(fileIn(ours), readFileSync(fileIn(theirs)));
  expect(find(ours, 'bad')).toBeUndefined();
});

test('the secret is for this user alone, and one that was cut off is made anew', () => {
  const directory = makeDirectory();
  keep(directory, { bad: [error] });
  expect(statSync(join(directory, 'seal.key')).mode & 0o777).toBe(0o600);
  writeFileSync(join(directory, 'seal.key'), 'short');
  expect(find(directory, 'bad')).toBeUndefined();
  keep(directory, { bad: [error] });
  expect(find(directory, 'bad')).toEqual([error]);
});
