/** Actions that came, went, moved to another place among those that stayed, or are declared in another way. */
import type { ActionChange } from '@cdkpipe/core';
import { asObject, type EmittedAction, type Json } from '../inspect/read-template.ts';

export interface ActionPairs {
  readonly removed: readonly EmittedAction[];
  readonly added: readonly EmittedAction[];
  readonly stayed: readonly { readonly before: EmittedAction; readonly after: EmittedAction }[];
}

/** Actions are the same by stage and name; one that has changed its stage by a name that only one has in each. */
export function pairActions(before: readonly EmittedAction[], after: readonly EmittedAction[]): ActionPairs {
  const inPlace = new Map(after.map((action) => [placeOf(action), action]));
  const found = new Map<EmittedAction, EmittedAction>();
  for (const action of before) {
    const same = inPlace.get(placeOf(action));
    if (same) found.set(action, same);
  }
  const taken = new Set(found.values());
  for (const action of before) {
    if (found.has(action)) continue;
    const [moved, ...others] = after.filter((each) => each.name === action.name && !taken.has(each));
    if (moved === undefined || others.length > 0 || before.filter(({ name }) => name === action.name).length > 1)
      continue;
    found.set(action, moved);
    taken.add(moved);
  }
  return {
    removed: before.filter((action) => !found.has(action)),
    added: after.filter((action) => !taken.has(action)),
    stayed: [...found].map(([old, next]) => ({ before: old, after: next })),
  };
}

/** `ProdEu/ProdEu.Smoke` */
export function placeOf({ stage, name }: EmittedAction): string {
  return `${stage}/${name}`;
}

export function compareActions({ removed, added, stayed }: ActionPairs): ActionChange[] {
  const [old, next] = [ranksOf(stayed.map(({ before }) => before)), ranksOf(stayed.map(({ after }) => after))];
  return [
    ...removed.map((action) => ({ change: 'removed', name: placeOf(action) }) as const),
    ...added.map((action) => ({ change: 'added', name: placeOf(action) }) as const),
    ...stayed.flatMap(({ before, after }): ActionChange[] => {
      const hasMoved = before.stage !== after.stage || old.get(before) !== next.get(after);
      const fields = changedFields(before.written, after.written);
      const name = placeOf(after);
      return [
        ...(hasMoved ? [{ change: 'moved', name, from: whereIs(before), to: whereIs(after) } as const] : []),
        ...(fields.length > 0 ? [{ change: 'changed', name, fields } as const] : []),
      ];
    }),
  ];
}

function whereIs({ stage, runOrder }: EmittedAction): string {
  return `${stage}, run order ${runOrder}`;
}

/** Places among themselves, so that an action that was added before others does not move them. */
function ranksOf(actions: readonly EmittedAction[]): Map<EmittedAction, number> {
  return new Map(
    actions.map((action) => {
      const earlier = actions.filter((each) => each.stage === action.stage && each.runOrder < action.runOrder);
      return [action, new Set(earlier.map(({ runOrder }) => runOrder)).size];
    }),
  );
}

function changedFields(before: EmittedAction['written'], after: EmittedAction['written']): string[] {
  const fields = changedKeys(before, after).filter((key) => key !== 'RunOrder');
  return fields.flatMap((key) => {
    if (key !== 'Configuration') return [key];
    return changedKeys(asObject(before[key]), asObject(after[key])).map((inner) => `${key}.${inner}`);
  });
}

function changedKeys(before: Readonly<Record<string, Json>>, after: Readonly<Record<string, Json>>): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}
