import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeSet, ResourceChange } from './change-set.ts';
import { digestOf } from './digest.ts';

const word = fc.string({ minLength: 1, maxLength: 8 });
const detail = fc.record({ name: word, source: fc.constantFrom('DirectModification', 'ParameterReference') });
const change: fc.Arbitrary<ResourceChange> = fc.record({
  logicalId: word,
  type: word,
  action: fc.constantFrom('Add', 'Modify', 'Remove'),
  replacement: fc.constantFrom('True', 'False', 'Conditional'),
  details: fc.array(detail, { maxLength: 3 }),
});
const changeSet: fc.Arbitrary<ChangeSet> = fc.record({
  stack: word,
  id: word,
  isEmpty: fc.boolean(),
  executionStatus: fc.constantFrom('AVAILABLE', 'OBSOLETE'),
  changes: fc.array(change, { maxLength: 4 }),
  after: fc.dictionary(word, fc.jsonValue()) as fc.Arbitrary<object>,
});

/** The same value with the keys of every object turned round. */
function turnedRound<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turnedRound) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turnedRound(item)]),
  ) as T;
}

describe('the digest of change sets', () => {
  it('is 64 hex digits', () => {
    expect(digestOf([])).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on any order', () => {
    fc.assert(
      fc.property(fc.array(changeSet, { maxLength: 4 }), (changeSets) => {
        const other = changeSets
          .map((each) => ({
            ...each,
            changes: each.changes.map((it) => ({ ...it, details: [...(it.details ?? [])].reverse() })).reverse(),
          }))
          .reverse();
        expect(digestOf(turnedRound(other))).toBe(digestOf(changeSets));
      }),
    );
  });

  it('changes with any change', () => {
    const edits: ((it: ChangeSet) => ChangeSet)[] = [
      (it) => ({ ...it, stack: `${it.stack}x` }),
      (it) => ({ ...it, id: `${it.id}x` }),
      (it) => ({ ...it, isEmpty: !it.isEmpty }),
      (it) => ({ ...it, executionStatus: `${it.executionStatus}x` }),
      (it) => ({ ...it, changes: [...it.changes, { logicalId: 'New', type: 'T', action: 'Add' }] }),
      (it) => ({ ...it, changes: it.changes.map((each) => ({ ...each, action: `${each.action}x` })) }),
      (it) => ({ ...it, changes: it.changes.map((each) => ({ ...each, details: [...(each.details ?? []), {}] })) }),
      (it) => ({ ...it, after: { ...it.after, Resources: { Added: { Type: 'T' } } } }),
    ];
    fc.assert(
      fc.property(
        fc.array(changeSet, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...edits),
        (changeSets, edit) => {
          const [first, ...rest] = changeSets;
          const edited = first ? edit(first) : undefined;
          fc.pre(edited !== undefined && JSON.stringify(edited) !== JSON.stringify(first));
          expect(digestOf(edited ? [edited, ...rest] : rest)).not.toBe(digestOf(changeSets));
        },
      ),
    );
  });

  it('changes when a change set comes or goes', () => {
    fc.assert(
      fc.property(fc.array(changeSet, { maxLength: 3 }), changeSet, (changeSets, more) => {
        expect(digestOf([...changeSets, more])).not.toBe(digestOf(changeSets));
      }),
    );
  });

  it('keeps stacks apart whose changes would read the same side by side', () => {
    const one = (stack: string, changes: readonly ResourceChange[]): ChangeSet => ({ stack, isEmpty: false, changes });
    const add: ResourceChange = { logicalId: 'A', type: 'T', action: 'Add' };
    expect(digestOf([one('a', [add]), one('b', [])])).not.toBe(digestOf([one('a', []), one('b', [add])]));
  });
});
