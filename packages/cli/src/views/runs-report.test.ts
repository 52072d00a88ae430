import { expect, test } from 'vitest';
import { unpainted } from './paint.ts';
import { runsLines } from './runs-report.ts';

const now = Date.parse('2026-12-24T12:00:00Z');
const runs = [
  {
    id: '20261224-113000-3f9a',
    pipeline: 'orders',
    mode: 'rehearsal',
    status: 'waiting',
    started: '2026-12-24T11:30:00Z',
    waitsFor: ['ProdEu/ReviewChanges'],
  },
  {
    id: '20261223-120000-11aa',
    pipeline: 'orders',
    mode: 'deploy',
    status: 'failed',
    started: '2026-12-23T12:00:00Z',
    ended: '2026-12-23T12:03:05Z',
    waitsFor: [],
    reason: 'Beta/Smoke: the commands failed with exit code 22',
    rollback: 'complete',
  },
] as const;

test('runs stand below a header, with how long ago they began and how long they took, inside 80 columns', () => {
  const lines = runsLines({ runs }, { width: 80, now, paint: unpainted });
  expect(lines).toEqual([
    'RUN                   STATUS   MODE       PIPELINE  STARTED  TOOK',
    '20261224-113000-3f9a  waiting  rehearsal  orders    30m ago',
    '    waits for ProdEu/ReviewChanges',
    '20261223-120000-11aa  failed   deploy     orders    1d ago   3m 05s',
    '    Beta/Smoke: the commands failed with exit code 22',
    '    rollback complete',
  ]);
});

test('a wide screen has the time of the start in the zone of the machine', () => {
  expect(runsLines({ runs }, { width: 120, now, paint: unpainted })[0]).toMatch(/STARTED \(.+\)/);
});

test('no runs are no error', () => {
  expect(runsLines({ runs: [] }, { width: 80, now, paint: unpainted })).toEqual([
    'No runs yet. Begin one with cdkpipe run.',
  ]);
});
