import { describe, expect, test } from 'vitest';
import { chooseRuns, type PastRun, type PruneRule } from './choose-runs.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

/** A run of each status given, the newest first: `r1`, `r2` and so on, one a day. */
function runs(...statuses: readonly PastRun['status'][]): PastRun[] {
  return statuses.map((status, index) => ({
    id: `r${index + 1}`,
    pipeline: 'shop',
    mode: 'rehearsal',
    status,
    seq: 1,
    begun: day(20 - index),
    last: day(20 - index),
    waitsFor: [],
  }));
}

const automatic = (keep: number): PruneRule => ({ keep, real: false, keepFailed: true });
const ids = (past: readonly PastRun[]) => past.map(({ id }) => id);
const chosen = (past: readonly PastRun[], rule: PruneRule) => {
  const { remove, clear } = chooseRuns(past, rule);
  return { remove: ids(remove), clear: ids(clear) };
};

describe('runs', () => {
  test('stay where they are among the newest of their pipeline and mode', () => {
    const mine = runs('succeeded', 'succeeded', 'succeeded');
    const others = runs('succeeded', 'succeeded').map((run) => ({ ...run, id: `o${run.id}`, pipeline: 'other' }));
    expect(chosen([...others, ...mine], automatic(2)).remove).toEqual(['r3']);
  });

  test('that are at work or wait stay, and take no place among those that are kept', () => {
    expect(chosen(runs('running', 'waiting', 'succeeded', 'waiting', 'failed'), automatic(1)).remove).toEqual(['r5']);
  });

  test('that were interrupted are removed like those that have ended', () => {
    expect(chosen(runs('succeeded', 'interrupted'), automatic(1)).remove).toEqual(['r2']);
  });

  test('that were real are removed only where that is asked for', () => {
    const real = runs('succeeded', 'failed').map((run) => ({ ...run, mode: 'deploy' as const }));
    expect(chosen(real, { keep: 0, real: false, keepFailed: false }).remove).toEqual([]);
    expect(chosen(real, { keep: 0, real: true, keepFailed: false }).remove).toEqual(['r1', 'r2']);
  });

  test('must be old and not among the newest where both are said, and without either all stay', () => {
    const rule = { real: false, keepFailed: false };
    const past = runs('succeeded', 'succeeded', 'succeeded', 'succeeded');
    expect(chosen(past, { ...rule, before: day(19) }).remove).toEqual(['r3', 'r4']);
    expect(chosen(past, { ...rule, before: day(19), keep: 3 }).remove).toEqual(['r4']);
    expect(chosen(past, { ...rule, before: day(18), keep: 0 }).remove).toEqual(['r4']);
    expect(chosen(past, rule).remove).toEqual([]);
  });

  test('are told apart by when they were begun, not by their place in the list', () => {
    expect(chosen(runs('succeeded', 'succeeded').toReversed(), automatic(1)).remove).toEqual(['r2']);
  });
});

describe('working directories', () => {
  test('of the newest run that has ended stay where it failed', () => {
    expect(chosen(runs('waiting', 'failed', 'failed', 'succeeded'), automatic(20)).clear).toEqual(['r3', 'r4']);
  });

  test('of a failure are removed when a later run has succeeded', () => {
    expect(chosen(runs('succeeded', 'failed'), automatic(20)).clear).toEqual(['r1', 'r2']);
  });

  test('of a real run that failed stay whatever rehearsals do since', () => {
    const [rehearsal, real] = runs('succeeded', 'failed') as [PastRun, PastRun];
    expect(chosen([rehearsal, { ...real, mode: 'deploy' }], automatic(20)).clear).toEqual(['r1']);
  });

  test('of runs that can go on stay', () => {
    expect(chosen(runs('interrupted', 'waiting', 'running'), { real: true, keepFailed: false }).clear).toEqual([]);
  });

  test('of a failure are removed too where that is asked for', () => {
    expect(chosen(runs('failed'), { real: false, keepFailed: false }).clear).toEqual(['r1']);
  });
});
