/** The tree of a run as a function of what has happened. */
import type { RunEvent, RunNews } from '@cdkpipe/backend-local/engine';
import type { Plan } from '@cdkpipe/core';
import { describe, expect, test } from 'vitest';
import { unpainted } from './paint.ts';
import { runTree } from './run-tree.ts';
import { nothingSeen, watchNews } from './run-watch.ts';

const node = (id: string, group: string, deployment?: string) => ({ id, group, ...(deployment && { deployment }) });
// The tree asks of a plan only which nodes it has, and where they belong.
const plan = {
  groups: ['Source', 'Prod', 'Late'].map((name) => ({ name })),
  nodes: [
    node('source', 'Source'),
    node('Prod:publish', 'Prod'),
    node('Eu/Api:execute', 'Prod', 'Eu'),
    node('Eu/Smoke', 'Prod', 'Eu'),
    node('Us/Api:execute', 'Prod', 'Us'),
    node('Late/Api:execute', 'Late', 'Late'),
  ],
} as unknown as Plan;

const second = (seconds: number) => new Date(seconds * 1000).toISOString();
const record = (event: RunEvent, at: number): RunNews => ({
  type: 'record',
  past: false,
  record: { seq: at, at: second(at), event },
});
const began = (id: string, at: number) => record({ type: 'actionStarted', node: id, attempt: 1, retry: 'safe' }, at);
const ended = (id: string, at: number, outcome: 'succeeded' | 'failed' = 'succeeded', text = 'done') =>
  record(
    { type: 'actionEnded', node: id, outcome, ...(outcome === 'failed' ? { reason: text } : { summary: text }) },
    at,
  );

function treeOf(news: readonly RunNews[], change: { columns?: number; rows?: number; isStopping?: boolean } = {}) {
  const { isStopping = false, ...size } = change;
  let watch = watchNews(nothingSeen, { type: 'plan', plan }, 0);
  for (const each of news) watch = watchNews(watch, each, each.type === 'record' ? each.record.seq * 1000 : 0);
  return runTree({ ...watch, isStopping }, { now: 20_000, columns: 80, spinner: '*', paint: unpainted, ...size });
}

const midway = [
  began('source', 1),
  ended('source', 3),
  began('Prod:publish', 3),
  ended('Prod:publish', 4),
  began('Eu/Api:execute', 4),
  began('Us/Api:execute', 4),
  ended('Us/Api:execute', 10),
  { type: 'log', node: 'Eu/Api:execute', line: 'creating \u001b[31mTable\u001b[0m' } as const,
  { type: 'log', node: 'Eu/Api:execute', line: '  ' } as const,
];

describe('the tree of a run', () => {
  test('shows stages, deployments and actions, with the time and the last line of what runs', () => {
    expect(treeOf(midway)).toEqual([
      '✔ Source  1 action  2.0s',
      '* Prod  2 of 4 actions',
      '  ✔ Prod:publish  1.0s  done',
      '  * Eu',
      '    * Api:execute  16s',
      '      │ creating Table',
      '    · Smoke',
      '  ✔ Us  6.0s',
      '· Late  0 of 1 action',
    ]);
  });

  test('says what waits for a decision, what failed and why, and how the run ended', () => {
    const question = { about: 'gate', title: 't', details: [], approvers: { count: 1 }, digest: 'd' } as const;
    const asked = [
      ...midway,
      ended('Eu/Api:execute', 12),
      record({ type: 'questionAsked', node: 'Eu/Smoke', question }, 14),
    ];
    expect(treeOf(asked)).toContain('    ◆ Smoke  6.0s  waits for a decision');
    const failed = [
      ...midway,
      ended('Eu/Api:execute', 12, 'failed', 'two\nlines'),
      record({ type: 'runEnded', outcome: 'failed', reason: 'Eu/Api:execute: two' }, 13),
    ];
    expect(treeOf(failed)).toContain('    ✖ Api:execute  8.0s  two lines');
    expect(treeOf(failed).at(-1)).toBe('✖ failed: Eu/Api:execute: two');
  });

  test('shows below what a rollback has brought back', () => {
    const by = { user: 'ada', account: 'ada' };
    const stacks = ['Eu/Api', 'Eu/Data'];
    const lines = treeOf([
      ...midway,
      ended('Eu/Api:execute', 12, 'failed', 'no'),
      record({ type: 'rollbackStarted', trigger: 'auto', deployments: ['Eu'], stacks, by }, 13),
      record({ type: 'stackRollbackStarted', stack: 'Eu/Api', attempt: 1 }, 14),
      record({ type: 'stackRollbackEnded', stack: 'Eu/Api', outcome: 'restored', detail: 'as before' }, 16),
    ]);
    expect(lines.slice(-3)).toEqual([
      expect.stringMatching(/^rollback of Eu unfinished, by rollback: 'auto'/),
      expect.stringMatching(/↩ Eu\/Api:rollback +2.0s +restored: as before/),
      expect.stringMatching(/Eu\/Data:rollback +pending/),
    ]);
  });

  test('says that it is stopping', () => {
    expect(treeOf(midway, { isStopping: true }).at(-1)).toMatch(/^stopping: what runs may end; press Ctrl-C again/);
  });

  test('never has more lines or columns than the screen, and keeps what runs in sight', () => {
    for (const rows of [5, 6, 7, 8])
      for (const columns of [20, 40]) {
        const lines = treeOf(midway, { rows, columns });
        expect(lines.length).toBeLessThanOrEqual(rows);
        expect(lines.every((line) => line.length <= columns)).toBe(true);
        expect(lines.join('\n')).toContain('* Api:execut');
        expect(lines.join('\n')).toMatch(/… \d+ more line/);
      }
  });
});
