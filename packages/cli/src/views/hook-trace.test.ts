import type { TapTrace } from '@cdkpipe/core/host';
import { expect, test } from 'vitest';
import { hookTraceView, tracedTaps } from './hook-trace.ts';
import { unpainted } from './paint.ts';

const call = (given: Partial<TapTrace>): TapTrace => ({
  hook: 'render',
  plugin: '@acme/tags',
  milliseconds: 1.25,
  changes: [],
  failed: false,
  ...given,
});

test('the calls of one tap are one line, with what each changed below', () => {
  const taps = tracedTaps([
    call({
      hook: 'config',
      plugin: '@acme/rename',
      version: '1.2.0',
      changes: [{ type: 'changed', place: ['name'], before: 'shop', after: 'store' }],
    }),
    call({ node: 'Beta/Shop:execute', changes: [{ type: 'added', place: ['action', 'timeout'], after: 5 }] }),
    call({ node: 'source' }),
    call({ hook: 'emit', plugin: '@acme/audit', failed: true }),
  ]);
  expect(hookTraceView(taps, unpainted)).toMatchInlineSnapshot(`
    "hooks, in the order in which their taps ran
      1. config  @acme/rename 1.2.0  1.3 ms
         ~ name: "shop" → "store"
      2. render  @acme/tags  2 calls, 2.5 ms
         + Beta/Shop:execute › action › timeout: 5
      3. emit    @acme/audit  1.3 ms  failed
    "
  `);
});

test('long values are cut and many changes counted', () => {
  const changes = Array.from({ length: 10 }, (_, index) => ({
    type: 'removed' as const,
    place: ['nodes', String(index)],
    before: 'x'.repeat(100),
  }));
  const lines = hookTraceView(tracedTaps([call({ changes })]), unpainted).split('\n');
  expect(lines[2]).toBe(`     - nodes › 0: "${'x'.repeat(58)}…`);
  expect(lines).toContain('     and 2 more; --json lists them');
});

test('a project whose plugins tap nothing is told so', () => {
  expect(hookTraceView([], unpainted)).toBe('hooks: no plugin taps any\n');
});
