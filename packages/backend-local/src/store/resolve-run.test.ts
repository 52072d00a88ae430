import { expect, test } from 'vitest';
import { resolveRun } from './resolve-run.ts';
import type { RunStore } from './run-store.ts';

const ids = ['20261224-173000-3f9a', '20261224-120000-11aa', '20261223-090000-11ab'];
const store = { list: () => ids.map((id) => ({ id })) } as unknown as RunStore;

test.each([
  ['20261224-120000-11aa', '20261224-120000-11aa'],
  ['latest', '20261224-173000-3f9a'],
  ['20261223', '20261223-090000-11ab'],
  ['3f9a', '20261224-173000-3f9a'],
])('%s is the run %s', (text, run) => {
  expect(resolveRun(store, text)).toBe(run);
});

test('what could be several runs is refused with them', () => {
  expect(() => resolveRun(store, '20261224')).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          code: 'RUN_AMBIGUOUS',
          message: '"20261224" could be 2 runs: 20261224-173000-3f9a, 20261224-120000-11aa',
        }),
      ],
    }),
  );
});

test.each(['', '1', 'latest-run'])('%j is no run', (text) => {
  expect(() => resolveRun(store, text)).toThrow(expect.objectContaining({ code: 'RUN_UNKNOWN' }));
});

test('there is no latest run where nothing was run', () => {
  const empty = { list: () => [] } as unknown as RunStore;
  expect(() => resolveRun(empty, 'latest')).toThrow(expect.objectContaining({ code: 'RUN_UNKNOWN' }));
});
