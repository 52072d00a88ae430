import { expect, test } from 'vitest';
import { openBackend } from '../backend/open-backend.ts';
import { badBackends } from '../fixture/backends/bad-backends.test.fixture.ts';
import { trialOf } from '../fixture/backends/toy-backend.test.fixture.ts';
import { backendChecks } from './backend-checks.ts';

test.each(Object.entries(badBackends))(
  'a backend that %s fails',
  { timeout: 120_000 },
  async (_, { backend, fails }) => {
    using opened = await openBackend(trialOf(backend));
    const failed: Record<string, unknown> = {};
    for (const check of backendChecks) {
      const findings = await check.run(opened);
      if (findings.length > 0) failed[check.id] = findings;
    }
    expect(Object.keys(failed), JSON.stringify(failed)).toEqual(fails);
  },
);

test('IDs of checks are unique, and each says why and what to do', () => {
  expect(new Set(backendChecks.map(({ id }) => id)).size).toBe(backendChecks.length);
  for (const { id, title, why, fix } of backendChecks) {
    expect(id).toMatch(/^CB\d{3}$/);
    for (const text of [title, why, fix]) expect(text.length).toBeGreaterThan(10);
  }
});

test('there is a bad backend for each check', () => {
  const failed = new Set(Object.values(badBackends).flatMap(({ fails }) => fails));
  expect(backendChecks.map(({ id }) => id).filter((id) => !failed.has(id))).toEqual([]);
});
