import { expect, test } from 'vitest';
import { findMembers, type StepTrace } from './find-members.ts';
import type { ProcessRow } from './process-table.ts';

const row = (pid: number, parent: number, session: number, born: number): ProcessRow => ({
  pid,
  parent,
  session,
  born,
});

const trace: StepTrace = { since: 100, known: new Map([[10, 100]]), sessions: new Map([[10, 150]]) };

/** Numbers of what is found. */
function found(table: readonly ProcessRow[], tokens: readonly number[] = []): number[] {
  return findMembers(table, trace, (pid) => tokens.includes(pid)).map(({ pid }) => pid);
}

test.each<[string, ProcessRow[], number[], number[]]>([
  [
    'what descends from the first process',
    [row(10, 1, 10, 100), row(11, 10, 11, 110), row(12, 11, 12, 120)],
    [],
    [10, 11, 12],
  ],
  ['what was born in its session while that was its own', [row(12, 1, 10, 140)], [], [12]],
  ['what was started with the token, and its session', [row(12, 1, 12, 140), row(13, 1, 12, 141)], [12], [12, 13]],
  ['not what has the number of a process that is gone', [row(10, 1, 77, 160)], [], []],
  ['not what is in a session whose number is another’s by now', [row(12, 1, 10, 151)], [], []],
  ['not what is older than the step', [row(9, 10, 10, 99)], [9], []],
  ['not what is a stranger', [row(10, 1, 10, 100), row(20, 1, 20, 120)], [], [10]],
])('finds %s', (_what, table, tokens, expected) => {
  expect(found(table, tokens)).toEqual(expected);
});
