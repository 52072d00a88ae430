import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planOf } from '../engine/plan.test.fixture.ts';
import { emptyRun, type NodeState, type RunState } from './run-state.ts';
import { findReady, standingOf } from './schedule.ts';

const ended = (outcome: NonNullable<NodeState['outcome']>): NodeState => ({
  phase: 'ended',
  attempt: 1,
  since: '',
  answers: [],
  outcome,
});
const running: NodeState = { phase: 'running', attempt: 1, since: '', answers: [] };
const asking: NodeState = { phase: 'asking', attempt: 0, since: '', answers: [] };

const stateOf = (nodes: Record<string, NodeState>): RunState => ({
  ...emptyRun,
  nodes: new Map(Object.entries(nodes)),
});
const ready = (plan: ReturnType<typeof planOf>, nodes: Record<string, NodeState>) =>
  findReady(plan, stateOf(nodes)).map(({ id }) => id);

describe('the scheduler', () => {
  const diamond = planOf([
    { id: 'a' },
    { id: 'b', after: ['a'] },
    { id: 'c', after: ['a'] },
    { id: 'd', after: ['b', 'c'] },
    { id: 'next', group: 'Next' },
  ]);

  test('starts what has nothing open before it, at the same time', () => {
    expect(ready(diamond, {})).toEqual(['a']);
    expect(ready(diamond, { a: running })).toEqual([]);
    expect(ready(diamond, { a: ended('succeeded') })).toEqual(['b', 'c']);
    expect(ready(diamond, { a: ended('succeeded'), b: ended('succeeded') })).toEqual(['c']);
    expect(ready(diamond, { a: ended('skipped'), b: running, c: asking })).toEqual([]);
  });

  test('lets independent deployments of a wave not wait for each other', () => {
    const wave = planOf([{ id: 'eu' }, { id: 'eu2', after: ['eu'] }, { id: 'us' }, { id: 'us2', after: ['us'] }]);
    expect(ready(wave, { eu: running, us: ended('succeeded') })).toEqual(['us2']);
  });

  test('begins a group only when everything of the one before it has succeeded', () => {
    const done = { a: ended('succeeded'), b: ended('succeeded'), c: ended('succeeded') };
    expect(ready(diamond, done)).toEqual(['d']);
    expect(ready(diamond, { ...done, d: ended('succeeded') })).toEqual(['next']);
  });

  test.each(['failed', 'rejected'] as const)('starts nothing more once something has %s', (outcome) => {
    expect(ready(diamond, { a: ended('succeeded'), b: ended(outcome) })).toEqual([]);
    expect(standingOf(diamond, stateOf({ a: ended('succeeded'), b: ended(outcome), c: running }))).toBe('going');
    expect(standingOf(diamond, stateOf({ a: ended('succeeded'), b: ended(outcome), c: asking }))).toBe(outcome);
  });

  test('says that only people can bring it on', () => {
    const gate = planOf([{ id: 'a' }, { id: 'gate', kind: 'question', after: ['a'] }, { id: 'b', after: ['gate'] }]);
    expect(standingOf(gate, stateOf({ a: ended('succeeded'), gate: asking }))).toBe('asking');
    expect(standingOf(gate, stateOf({ a: ended('succeeded'), gate: ended('succeeded') }))).toBe('going');
  });

  test('never lets a node start before all that it comes after, whatever has happened', () => {
    const sketch = fc.array(fc.record({ after: fc.array(fc.nat()), wave: fc.nat(2) }), { minLength: 1, maxLength: 12 });
    const phases = fc.array(fc.constantFrom(undefined, running, asking, ended('succeeded'), ended('failed')));
    fc.assert(
      fc.property(sketch, phases, (nodes, states) => {
        const sorted = nodes.toSorted((a, b) => a.wave - b.wave);
        const plan = planOf(
          sorted.map(({ after, wave }, index) => ({
            id: `n${index}`,
            group: `w${wave}`,
            after: index === 0 ? [] : [...new Set(after.map((earlier) => `n${earlier % index}`))],
          })),
        );
        const known = Object.fromEntries(
          plan.nodes.flatMap(({ id }, index) => (states[index] ? [[id, states[index]] as const] : [])),
        );
        for (const { id, after, group } of findReady(plan, stateOf(known))) {
          expect(known[id]).toBeUndefined();
          for (const earlier of after) expect(known[earlier]?.outcome).toBe('succeeded');
          for (const other of plan.nodes.filter((node) => node.group < group))
            expect(known[other.id]?.outcome).toBe('succeeded');
          expect(Object.values(known).map(({ outcome }) => outcome)).not.toContain('failed');
        }
      }),
    );
  });
});
