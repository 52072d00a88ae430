import { emptyRun, foldRecords, type JournalRecord, type RunEvent } from '@cdkpipe/backend-local/engine';
import { expect, test } from 'vitest';
import { runPage } from './run-page.ts';

const hostile = `</pre><script src="https://evil.example/x.js">alert('1')</script><img src=x onerror="go()">&amp;\u001b[31m`;
const person = { user: hostile, account: hostile };
const digest = 'd'.repeat(64);

const planned = [
  { id: `Prod/${hostile}`, type: 'execute', group: hostile, after: [] },
  { id: 'Prod/Go', type: 'approve', group: hostile, after: [`Prod/${hostile}`] },
];

/** Every text that a user, a plugin or a program may bring holds the hostile one. */
const events: RunEvent[] = [
  {
    type: 'runStarted',
    pipeline: hostile,
    mode: 'rehearsal',
    deployer: hostile,
    source: { commit: hostile, dirty: true },
    skipBuild: false,
    model: digest,
    by: person,
  },
  { type: 'actionStarted', node: hostile, attempt: 1, retry: 'safe' },
  { type: 'actionEnded', node: hostile, outcome: 'succeeded', summary: hostile },
  { type: 'planned', digest, nodes: planned },
  {
    type: 'questionAsked',
    node: 'Prod/Go',
    question: {
      about: 'gate',
      title: hostile,
      comment: hostile,
      link: `javascript:${hostile}`,
      details: [hostile],
      approvers: { count: 1 },
      digest,
    },
  },
  { type: 'answered', node: 'Prod/Go', decision: 'reject', by: person, via: 'command', comment: hostile, digest },
  { type: 'actionEnded', node: 'Prod/Go', outcome: 'rejected', reason: hostile },
  {
    type: 'rollbackStarted',
    trigger: 'command',
    deployments: [hostile],
    stacks: [hostile, 'Prod/Data'],
    reason: hostile,
    by: person,
  },
  { type: 'stackRollbackStarted', stack: hostile, attempt: 1 },
  { type: 'stackRollbackEnded', stack: hostile, outcome: 'failed', detail: hostile },
  { type: 'stackRollbackEnded', stack: 'Prod/Data', outcome: 'left', detail: 'not tried' },
  { type: 'rollbackEnded', outcome: 'incomplete' },
  { type: 'runEnded', outcome: 'rejected', reason: hostile },
];
const records: JournalRecord[] = events.map((event, index) => ({
  seq: index + 1,
  at: new Date(index * 4000).toISOString(),
  event,
}));
const view = { id: 'r', status: 'rejected', state: foldRecords(emptyRun, records) } as const;
const page = runPage(view, records, () => hostile);

test('hostile text stays text, and the page asks for nothing from elsewhere', () => {
  const tags = [...page.matchAll(/<\/?([a-z0-9!]+)[^>]*>/gi)].map(([, name = '']) => name.toLowerCase());
  const known =
    '!doctype html head meta title style body h1 h2 h3 small table tr th td ul li svg g rect path text defs marker div p code details summary pre';
  expect(tags.filter((tag) => !known.split(' ').includes(tag))).toEqual([]);
  expect(page).not.toMatch(/<[^>]*\s(?:src|href|on[a-z]+)\s*=/i);
  expect(page).not.toContain('\u001b');
  expect(page).toContain('&lt;/pre&gt;&lt;script');
  expect(page).toContain(`default-src 'none'`);
});

test('it tells what took how long, and who decided about what', () => {
  expect(page).toContain('<td>4.0s</td><td>succeeded</td>');
  expect(page).toMatch(new RegExp(`rejected by [^]*<code>${digest}</code>`));
  expect(page).toContain('<g class="node rejected"><title>Prod/Go: rejected</title>');
});

test('it draws what waits for what, and runs of older versions without arrows', () => {
  const arrows = (text: string) => text.match(/<path class="edge"/g)?.length ?? 0;
  expect(arrows(page)).toBe(1);
  const older = records.map((record) =>
    record.event.type === 'planned'
      ? { ...record, event: { ...record.event, nodes: planned.map(({ after: _, ...node }) => node) } }
      : record,
  );
  const olderPage = runPage(view, older, () => undefined);
  expect(arrows(olderPage)).toBe(0);
  expect(olderPage).toContain('<title>Prod/Go: rejected</title>');
});

test('it tells what was taken back, and what was not', () => {
  expect(page).toContain('<h2>Rollbacks</h2>');
  expect(page).toMatch(/<td>Prod\/Data<\/td><td>left<\/td><td>[^<]+<\/td><td>not tried<\/td>/);
});
