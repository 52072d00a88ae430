import { emptyRun, foldRecords, type JournalRecord, type RunEvent } from '@cdkpipe/backend-local/engine';
import { expect, test } from 'vitest';
import { failedRun } from './failed-run.test.fixture.ts';
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
      changes: [
        {
          deployment: hostile,
          stack: hostile,
          isNew: true,
          resources: [{ logicalId: hostile, resourceType: hostile, action: 'replace', properties: [hostile] }],
          others: [hostile],
          findings: [{ concern: 'stateful', stack: hostile, text: hostile }],
          lateValues: [hostile],
          permissions: [
            {
              change: 'added',
              logicalId: hostile,
              effect: hostile,
              principal: hostile,
              actions: [hostile],
              resource: hostile,
              condition: { Bool: hostile },
            },
          ],
        },
      ],
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
    '!doctype html head meta title style body header nav main section h1 h2 h3 small time table thead tbody tr th td ul li a svg g rect path text tspan p div code details summary pre caption strong';
  expect(tags.filter((tag) => !known.split(' ').includes(tag))).toEqual([]);
  // Quotes of others are escaped, so what stands between two of them is the value of one attribute.
  expect(page.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\s(?:src|style|on[a-z]+)\s*=/i);
  for (const [, target = ''] of page.matchAll(/<[^>]*\shref="([^"]*)"/gi)) expect(target).toMatch(/^#[\w-]+$/);
  expect(page).not.toContain('\u001b');
  expect(page).toContain('&lt;/pre&gt;&lt;script');
  expect(page).toContain(`default-src 'none'`);
});

test('it says what took how long, in all as well, and who decided about what', () => {
  expect(page).toContain('>4.0s</td>');
  expect(page).toMatch(/<th scope="row">total time<\/th><td>\d+s<\/td>/);
  expect(page).toMatch(new RegExp(`rejected by .*<code>${digest}</code>`, 's'));
  expect(page).toContain('<title>Prod/Go: rejected</title>');
  expect(page).toMatch(/<g class="node gate rejected">/);
  expect(page).toContain('◆ Prod/Go');
});

test('it lists what a decision was about: data at risk, resources, and IAM statements', () => {
  const about = page.slice(page.indexOf('◆ Prod/Go</h3>'));
  expect(about).toMatch(/<strong>Data at risk<\/strong>.*<caption>.*: 1 to replace<\/caption>/s);
  expect(about).toContain('<td data-label="Change">! replace</td>');
  expect(about).toMatch(/<caption>IAM statements<\/caption>.*<td data-label="Change">\+ added<\/td>/s);
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

test('what failed is said before everything else, with its last ten lines and a way to the rest', () => {
  const run = failedRun(3, 2);
  const log = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n');
  const failedPage = runPage(run.view, run.records, (id) =>
    id === run.failed ? log : id === 'build' ? ' \n' : undefined,
  );
  const first = failedPage.slice(failedPage.indexOf('<main>'), failedPage.indexOf('<table class="facts">'));
  expect(first).toContain('✗ D2/Smoke failed');
  expect(first).toContain('curl ended with exit code 22');
  expect(first).toMatch(/>line 21\n.*line 30</s);
  expect(first).not.toContain('line 20');
  expect(first).toContain('<a href="#log-D2-47-Smoke">Whole log</a>');
  expect(failedPage).toContain('<details id="log-D2-47-Smoke" open>');
  expect(failedPage.match(/<details/g)).toHaveLength(1);
  expect(failedPage).toContain('D2 <tspan class="note">222222222220/eu-west-1</tspan>');
});

test('every link leads to a place of the page: from the graph to the log, and back', () => {
  const run = failedRun(2, 2);
  const linked = runPage(run.view, run.records, (id) => `log of ${id}`);
  const ids = new Set([...linked.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
  const links = [...linked.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((link) => !ids.has(link))).toEqual([]);
  expect(links).toEqual(expect.arrayContaining(['log-D1-47-Smoke', 'node-D1-47-Smoke', 'action-D1-47-Smoke', 'logs']));
});

test('it says what was taken back, and what was not', () => {
  expect(page).toContain('>Rollbacks</h2>');
  expect(page).toMatch(/<th scope="row">Prod\/Data<\/th><td data-label="Outcome">left<\/td>.*not tried<\/td>/);
});
