import type { LocalTask } from '@cdkpipe/backend-local';
import { definePlugin, defineRenderer } from '@cdkpipe/core';
import { expect, test } from 'vitest';
import { gatePlugin, httpGate } from './gate-plugin.test.fixture.ts';
import { rehearse } from './rehearse.ts';

const gate = httpGate('Alive', { url: 'https://shop.example.com/', token: 'shop' });
const secrets = { shop: 'secret-token' };

test('a task asks the fake, waits without time passing, and its result is what the test sees', async () => {
  const asked: [string, unknown][] = [];
  const answers = [503, 503, 200];
  const rehearsed = await rehearse(gatePlugin, gate, {
    secrets,
    clock: '2026-12-24T10:00:00Z',
    fetch: (url, { headers }) => {
      asked.push([url, headers]);
      return new Response('', { status: answers.shift() ?? 500 });
    },
  });
  expect(rehearsed).toMatchObject({ approved: true, summary: 'answered at attempt 3' });
  expect(rehearsed.log).toEqual(['attempt 1: 503', 'attempt 2: 503']);
  expect(rehearsed.ended).toEqual(new Date('2026-12-24T10:02:00Z'));
  expect(asked).toEqual(Array(3).fill(['https://shop.example.com/', { authorization: 'Bearer secret-token' }]));
});

test('a step that does not pass says why', async () => {
  const down = () => new Response('', { status: 503 });
  expect(await rehearse(gatePlugin, gate, { secrets, fetch: down })).toMatchObject({
    approved: false,
    reason: 'https://shop.example.com/ does not answer',
  });
});

/** The same plugin with another task. */
const withTask = (run: LocalTask['run']) =>
  definePlugin({
    ...gatePlugin,
    renderers: [
      defineRenderer({ backend: 'local', kind: 'httpGate', render: () => ({ type: 'task', retry: 'safe', run }) }),
    ],
  });

test.each<[string, LocalTask['run'], RegExp]>([
  [
    'a tool',
    async (_, tools) => (await tools.run({ file: 'x', args: [], cwd: '.' })) && { approved: true },
    /tools\.run/,
  ],
  ['a secret', async (_, tools) => ({ approved: tools.secret('a', 'b') === '', reason: '' }), /the secret a:b/],
  [
    'a tool, and the task forgives that',
    async (_, tools) =>
      tools.fetch('https://a').then(
        () => ({ approved: true }) as const,
        () => ({ approved: true }) as const,
      ),
    /tools\.fetch/,
  ],
  [
    'the global fetch',
    async () =>
      fetch('https://example.com').then(
        () => ({ approved: true }) as const,
        () => ({ approved: true }) as const,
      ),
    /the global fetch/,
  ],
])('a rehearsal fails where a task uses %s for which nothing stands in', async (_, run, message) => {
  await expect(rehearse(withTask(run), gate)).rejects.toThrow(message);
});

test('a task that waits ends where the run is ended by force', async () => {
  const stop = new AbortController();
  const waiting = withTask(async (_, tools) => {
    stop.abort(new Error('ended by force'));
    await tools.sleep(1000);
    return { approved: true };
  });
  await expect(rehearse(waiting, gate, { signal: stop.signal })).rejects.toThrow('ended by force');
});

test('a question waits for an answer, and is rejected or approved by the one that the test gives', async () => {
  const asking = definePlugin({
    ...gatePlugin,
    renderers: [
      defineRenderer({
        backend: 'local',
        kind: 'httpGate',
        render: () => ({ type: 'question', comment: 'Well?' }),
      }),
    ],
  });
  const ends = [];
  for (const answer of [undefined, 'approve', 'reject'] as const)
    ends.push((await rehearse(asking, gate, answer ? { answer } : {})).approved);
  expect(ends).toEqual([false, true, false]);
  expect((await rehearse(asking, gate)).question).toEqual({ type: 'question', comment: 'Well?' });
});
